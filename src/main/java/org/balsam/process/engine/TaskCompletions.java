package org.balsam.process.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who did which task, in a table that only grows; written in the engine's transaction. */
@Component
class TaskCompletions {

  /** Stands for the start of an instance among the activities. */
  static final String START = "$start";

  private final JdbcClient jdbc;
  private final Clock clock;

  /** What a person did. */
  record Completion(String activity, Instant at) {}

  TaskCompletions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Adds that {@code person} completed the activity of the instance. */
  void add(Instance instance, String activity, String person) {
    jdbc.sql(
            """
            insert into balsam.task_completion
              (root_process_instance, process_instance, business_key, project, activity, person, at)
              values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            instance.root(),
            instance.id(),
            instance.businessKey(),
            instance.project(),
            activity,
            person,
            Timestamp.from(clock.instant()))
        .update();
  }

  /** What the person did in the instances of open tasks and in those around them, latest first. */
  Map<String, List<Completion>> by(String person, Collection<String> tasks) {
    return jdbc
        .sql(
            """
            select task.id_, done.activity, done.at
              from engine.act_ru_task task
              join engine.act_ru_execution instance on instance.id_ = task.proc_inst_id_
              join balsam.task_completion done
                on done.root_process_instance = instance.root_proc_inst_id_
              where task.id_ in (:tasks) and done.person = :person
              order by done.id desc
            """)
        .param("tasks", tasks)
        .param("person", person)
        .query(
            (row, number) ->
                Map.entry(
                    row.getString(1),
                    new Completion(row.getString(2), row.getTimestamp(3).toInstant())))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** The latest of {@code activities} that the person did in the instance or those around it. */
  Optional<Completion> lastBy(String person, Instance instance, Collection<String> activities) {
    if (activities.isEmpty()) {
      return Optional.empty();
    }
    return jdbc.sql(
            """
            select activity, at from balsam.task_completion
              where root_process_instance = :root and person = :person and activity in (:activities)
              order by id desc limit 1
            """)
        .param("root", instance.root())
        .param("person", person)
        .param("activities", activities)
        .query((row, number) -> new Completion(row.getString(1), row.getTimestamp(2).toInstant()))
        .optional();
  }
}
