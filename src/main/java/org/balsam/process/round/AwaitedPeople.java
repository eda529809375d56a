package org.balsam.process.round;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.RoundId;
import org.balsam.process.task.TaskCandidates;
import org.balsam.usecase.round.RoundCourse.Awaited;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The engine's open tasks of a round, whoever reads them; at most {@value #MOST}. */
@Component
class AwaitedPeople {

  private static final int MOST = 20;

  private final TaskService tasks;
  private final TaskCandidates candidates;

  AwaitedPeople(@Lazy TaskService tasks, TaskCandidates candidates) {
    this.tasks = tasks;
    this.candidates = candidates;
  }

  List<Awaited> of(RoundId round) {
    var open =
        tasks
            .createTaskQuery()
            .processInstanceBusinessKey(round.value())
            .orderByTaskCreateTime()
            .asc()
            .orderByTaskId()
            .asc()
            .listPage(0, MOST);
    var groups = candidates.of(open.stream().map(Task::getId).toList());
    return open.stream().map(task -> awaited(task, groups)).toList();
  }

  private static Awaited awaited(Task task, Map<String, List<String>> groups) {
    return new Awaited(
        task.getTaskDefinitionKey(),
        task.getName(),
        task.getAssignee(),
        groups.getOrDefault(task.getId(), List.of()),
        task.getCreateTime().toInstant(),
        task.getDueDate() == null ? null : task.getDueDate().toInstant());
  }
}
