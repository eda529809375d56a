package org.balsam.process.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.kernel.Actor;
import org.balsam.process.engine.TaskCompletions.Completion;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which open tasks separation of duties keeps somebody from, so that they know before they try.
 * What counts is that {@link TaskGuard} refuses them.
 */
@Component
public class TaskExclusions {

  private final RepositoryService repository;
  private final TaskCompletions completions;

  TaskExclusions(RepositoryService repository, TaskCompletions completions) {
    this.repository = repository;
    this.completions = completions;
  }

  /**
   * What a person did, after which another one must do a task.
   *
   * @param name of the task that they completed; null when they started the process
   */
  public record Exclusion(@Nullable String name, Instant at) {}

  /** The exclusions of a person by task; one statement, however many tasks. */
  public Map<String, Exclusion> of(Collection<Task> tasks, Actor person) {
    if (tasks.isEmpty()) {
      return Map.of();
    }
    var done = completions.by(person.id(), tasks.stream().map(Task::getId).toList());
    var found = new HashMap<String, Exclusion>();
    for (var task : tasks) {
      if (done.containsKey(task.getId())) {
        exclusion(task, done.get(task.getId()))
            .ifPresent(exclusion -> found.put(task.getId(), exclusion));
      }
    }
    return found;
  }

  private Optional<Exclusion> exclusion(Task task, List<Completion> done) {
    var model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
    UserTask element = model.getModelElementById(task.getTaskDefinitionKey());
    var excluding = TaskRules.excluding(properties(element));
    return done.stream()
        .filter(completion -> excluding.contains(completion.activity()))
        .findFirst()
        .map(completion -> new Exclusion(named(model, completion.activity()), completion.at()));
  }

  private static @Nullable String named(BpmnModelInstance model, String activity) {
    if (activity.equals(TaskCompletions.START)) {
      return null;
    }
    FlowElement element = model.getModelElementById(activity);
    return element == null || element.getName() == null ? activity : element.getName();
  }

  private static Map<String, String> properties(UserTask element) {
    return element.getExtensionElements() == null
        ? Map.of()
        : element
            .getExtensionElements()
            .getElementsQuery()
            .filterByType(CamundaProperties.class)
            .list()
            .stream()
            .flatMap(all -> all.getCamundaProperties().stream())
            .collect(
                Collectors.toMap(
                    property -> property.getCamundaName(), property -> property.getCamundaValue()));
  }
}
