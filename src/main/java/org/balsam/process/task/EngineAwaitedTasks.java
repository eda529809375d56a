package org.balsam.process.task;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.task.AwaitedTasks;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The engine's open tasks about one thing, at most {@value #MOST}. */
@Component
class EngineAwaitedTasks implements AwaitedTasks {

  private static final int MOST = 20;

  private final EngineAccess engine;
  private final TaskService tasks;
  private final TaskCandidates candidates;

  EngineAwaitedTasks(EngineAccess engine, @Lazy TaskService tasks, TaskCandidates candidates) {
    this.engine = engine;
    this.tasks = tasks;
    this.candidates = candidates;
  }

  @Override
  public List<Awaited> about(ProjectId project, String subject) {
    return engine.asSystem(() -> read(project, subject));
  }

  private List<Awaited> read(ProjectId project, String subject) {
    var open =
        tasks
            .createTaskQuery()
            .tenantIdIn(project.value())
            .processInstanceBusinessKey(subject)
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
