package org.balsam.process.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.EngineAccess;
import org.balsam.process.engine.TaskExclusions;
import org.balsam.usecase.task.TaskInbox;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The engine's tasks, with the rights of the person who asks. */
@Component
class EngineTaskInbox implements TaskInbox {

  private final EngineAccess engine;
  private final TaskService tasks;
  private final RuntimeService runtime;
  private final HistoryService history;
  private final TaskForms forms;
  private final TaskExclusions exclusions;
  private final TaskCandidates candidates;
  private final JdbcClient jdbc;

  EngineTaskInbox(
      EngineAccess engine,
      TaskService tasks,
      RuntimeService runtime,
      HistoryService history,
      TaskForms forms,
      TaskExclusions exclusions,
      TaskCandidates candidates,
      JdbcClient jdbc) {
    this.engine = engine;
    this.tasks = tasks;
    this.runtime = runtime;
    this.history = history;
    this.forms = forms;
    this.exclusions = exclusions;
    this.candidates = candidates;
    this.jdbc = jdbc;
  }

  @Override
  @Transactional(readOnly = true)
  public Page<OpenTask> open(
      @Nullable String subject, int limit, @Nullable String cursor, Actor actor) {
    var offset = offset(cursor);
    var found = engine.as(actor, () -> query(subject, actor, offset, Page.limit(limit) + 1));
    var shown = views(found.subList(0, Math.min(limit, found.size())), actor);
    return new Page<>(shown, found.size() > limit ? String.valueOf(offset + limit) : null);
  }

  @Override
  @Transactional(readOnly = true)
  public TaskDetail get(String id, Actor actor) {
    var task = find(id, actor);
    return new TaskDetail(
        views(List.of(task), actor).get(0),
        Objects.requireNonNullElse(task.getDescription(), forms.documentation(task)),
        forms.json(task),
        forms.context(task));
  }

  @Override
  @Transactional
  public void claim(String id, Actor actor) {
    var task = find(id, actor);
    if (actor.id().equals(task.getAssignee())) {
      return;
    }
    asPerson(
        actor,
        () -> {
          tasks.claim(id, actor.id());
          return null;
        });
  }

  @Override
  @Transactional
  public void unclaim(String id, Actor actor) {
    var task = find(id, actor);
    if (!actor.id().equals(task.getAssignee())) {
      throw new Rejection(ErrorCode.WRONG_STATE, "you can only give back a task that you claimed");
    }
    asPerson(
        actor,
        () -> {
          tasks.setAssignee(id, null);
          return null;
        });
  }

  @Override
  @Transactional
  public void complete(String id, Map<String, Object> variables, Actor actor) {
    waitForOthers(id);
    var task = find(id, actor);
    if (task.getAssignee() != null && !task.getAssignee().equals(actor.id())) {
      throw new Rejection(
          ErrorCode.TASK_GONE, "another person has claimed this task; ask them to give it back");
    }
    var values = forms.typed(task, variables);
    asPerson(
        actor,
        () -> {
          tasks.complete(id, values);
          return null;
        });
  }

  /**
   * Whoever completes the same task meanwhile goes first. The engine reads a task piece by piece
   * and fails in odd ways when it ends in between. Nothing else takes this lock, so none can wait
   * for it.
   */
  private void waitForOthers(String id) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").param(id).query(row -> {});
  }

  private <T> T asPerson(Actor actor, Supplier<T> work) {
    try {
      return engine.as(actor, work);
    } catch (RuntimeException failure) {
      throw EngineErrors.translate(failure);
    }
  }

  private List<Task> query(@Nullable String subject, Actor actor, int offset, int limit) {
    var query = tasks.createTaskQuery().or().taskAssignee(actor.id());
    if (!actor.groups().isEmpty()) {
      query.taskCandidateGroupIn(List.copyOf(actor.groups()));
    }
    query = query.endOr();
    if (subject != null) {
      query.processInstanceBusinessKey(subject);
    }
    return new ArrayList<>(
        query.orderByTaskCreateTime().asc().orderByTaskId().asc().listPage(offset, limit));
  }

  /** The open task; its history tells a task that is over from one that the actor may not see. */
  private Task find(String id, Actor actor) {
    var open =
        engine.as(
            actor, () -> tasks.createTaskQuery().taskId(id).initializeFormKeys().singleResult());
    if (open != null) {
      return open;
    }
    var over =
        engine.as(actor, () -> history.createHistoricTaskInstanceQuery().taskId(id).singleResult());
    if (over != null) {
      throw new Rejection(
          ErrorCode.TASK_GONE,
          "the task '" + over.getName() + "' is already completed or cancelled");
    }
    throw new NotFound("there is no task '" + id + "' for you");
  }

  private List<OpenTask> views(List<Task> found, Actor actor) {
    if (found.isEmpty()) {
      return List.of();
    }
    var subjects = subjects(found);
    var groups = candidates.of(found.stream().map(Task::getId).toList());
    var excluded = exclusions.of(found, actor);
    return found.stream()
        .map(task -> view(task, subjects, groups, excluded.get(task.getId())))
        .toList();
  }

  private static OpenTask view(
      Task task,
      Map<String, String> subjects,
      Map<String, List<String>> candidates,
      TaskExclusions.@Nullable Exclusion excluded) {
    var definition = task.getProcessDefinitionId();
    return new OpenTask(
        task.getId(),
        task.getName(),
        task.getTaskDefinitionKey(),
        definition.substring(0, definition.indexOf(':')),
        subjects.getOrDefault(task.getProcessInstanceId(), ""),
        task.getTenantId(),
        task.getAssignee(),
        candidates.getOrDefault(task.getId(), List.of()),
        task.getCreateTime().toInstant(),
        task.getDueDate() == null ? null : task.getDueDate().toInstant(),
        excluded == null ? null : new Exclusion(excluded.name(), excluded.at()));
  }

  private Map<String, String> subjects(List<Task> found) {
    var instances = found.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet());
    return engine
        .asSystem(() -> runtime.createProcessInstanceQuery().processInstanceIds(instances).list())
        .stream()
        .filter(instance -> instance.getBusinessKey() != null)
        .collect(
            Collectors.toMap(
                ProcessInstance::getProcessInstanceId, ProcessInstance::getBusinessKey));
  }

  private static int offset(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(cursor));
    } catch (NumberFormatException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "cursor", "use the value of 'next' of the page before");
    }
  }
}
