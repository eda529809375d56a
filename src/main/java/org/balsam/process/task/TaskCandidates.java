package org.balsam.process.task;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which groups may claim tasks of the engine. */
@Component
public class TaskCandidates {

  private final JdbcClient jdbc;

  TaskCandidates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Groups by the id of their task, sorted, read at once; a task without any is not there. */
  public Map<String, List<String>> of(Collection<String> tasks) {
    if (tasks.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            "select task_id_, group_id_ from engine.act_ru_identitylink"
                + " where type_ = 'candidate' and group_id_ is not null and task_id_ in (:tasks)"
                + " order by group_id_")
        .param("tasks", List.copyOf(tasks))
        .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
