package org.balsam.process.engine;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Who may take and complete a user task, and with what. Runs in the engine's transaction, so that
 * it holds for Tasklist, the engine's REST, Balsam's API and Java alike. The people and roles are
 * those of the directory at that moment; who did the excluding tasks is read from {@link
 * TaskCompletions}.
 */
@Component
class TaskGuard {

  private final ObjectProvider<Directory> directory;
  private final TaskCompletions completions;
  private final FormFields forms;

  TaskGuard(ObjectProvider<Directory> directory, TaskCompletions completions, FormFields forms) {
    this.directory = directory;
    this.completions = completions;
    this.forms = forms;
  }

  /**
   * Names the round or project in the task's title, since lists show nothing else of it, and
   * forgets a decision of an earlier loop, which must not count as this task's.
   */
  void created(DelegateTask task, TaskRules rules) {
    var subject = task.getExecution().getProcessBusinessKey();
    if (subject != null) {
      task.setName(task.getName() + " · " + subject);
    }
    var decision = rules.decision();
    if (decision != null) {
      task.getExecution().removeVariable(decision.variable());
      task.getExecution().removeVariable(decision.reason());
    }
  }

  /** Somebody took the task or was given it. */
  void assigned(DelegateTask task, TaskRules rules) {
    if (task.getAssignee() != null) {
      refuseUnlessPermitted(task, rules, task.getAssignee(), "take");
    }
  }

  /** The authenticated person completes the task; an unclaimed task is theirs from now on. */
  void completed(DelegateTask task, TaskRules rules, @Nullable String person) {
    if (person == null) {
      throw refused(
          new Forbidden(
              "'" + task.getName() + "' is completed by a person; nobody is authenticated here"));
    }
    if (task.getAssignee() != null && !task.getAssignee().equals(person)) {
      throw refused(
          new Rejection(
              ErrorCode.TASK_GONE,
              "'"
                  + task.getName()
                  + "' is claimed by '"
                  + task.getAssignee()
                  + "'; who has claimed a task completes it or gives it back first"));
    }
    refuseUnlessPermitted(task, rules, person, "complete");
    checkDecision(task, rules);
    if (task.getAssignee() == null) {
      task.setAssignee(person);
    }
    completions.add(Instance.of(task.getExecution()), rules.task(), person);
  }

  /** A person sends variables with the task, which are not set yet. */
  void submitted(TaskEntity task, TaskRules rules, Map<String, Object> variables) {
    var fields = forms.choices(task);
    SubmittedValues.check(
        variables,
        name -> rules.declares(name) || fields.containsKey(name),
        name -> fields.getOrDefault(name, Set.of()),
        name -> task.getVariable(name));
  }

  private void refuseUnlessPermitted(
      DelegateTask task, TaskRules rules, String person, String what) {
    var candidates =
        task.getCandidates().stream()
            .map(link -> link.getGroupId())
            .filter(group -> group != null)
            .collect(Collectors.toSet());
    var groups = directory.getObject().groupsOf(person);
    if (groups.contains(Actor.SERVICE_ACCOUNTS)) {
      throw refused(
          new Forbidden(
              "'" + person + "' is a service account; a person has to " + what + " this task"));
    }
    if (!candidates.isEmpty() && candidates.stream().noneMatch(groups::contains)) {
      throw refused(
          new Forbidden(
              "'"
                  + person
                  + "' may not "
                  + what
                  + " '"
                  + task.getName()
                  + "': it is for "
                  + String.join(", ", candidates.stream().sorted().toList())));
    }
    refuseIfExcluded(task, rules, person, what);
  }

  private void refuseIfExcluded(DelegateTask task, TaskRules rules, String person, String what) {
    completions
        .lastBy(person, Instance.of(task.getExecution()), rules.excludes())
        .ifPresent(
            done -> {
              var deed =
                  done.activity().equals(TaskCompletions.START)
                      ? "started this process"
                      : "completed '" + named(task, done.activity()) + "'";
              throw refused(
                  new Forbidden(
                      ErrorCode.SEPARATION_OF_DUTIES,
                      "'"
                          + person
                          + "' may not "
                          + what
                          + " '"
                          + task.getName()
                          + "': the same person "
                          + deed
                          + " at "
                          + done.at().truncatedTo(ChronoUnit.SECONDS)
                          + ". Another person must do it."));
            });
  }

  private static String named(DelegateTask task, String activity) {
    var element = task.getBpmnModelInstance().getModelElementById(activity);
    return element instanceof FlowElement known && known.getName() != null
        ? known.getName()
        : activity;
  }

  private void checkDecision(DelegateTask task, TaskRules rules) {
    var decision = rules.decision();
    if (decision == null) {
      return;
    }
    var value = task.getVariable(decision.variable());
    if (value == null || !decision.allowed().contains(value.toString())) {
      var choose =
          new Problem(
              where(decision.variable()), "decide one of " + String.join(", ", decision.allowed()));
      var reason = new Invalid(ErrorCode.INVALID_INPUT, List.of(choose));
      throw value == null ? new Forgotten(reason) : refused(reason);
    }
    var missing = missing(task, decision, value.toString());
    if (!missing.isEmpty()) {
      throw new Forgotten(forgotten(missing, decision));
    }
  }

  /** Every answer that the chosen decision needs and does not have. */
  private List<Problem> missing(DelegateTask task, TaskRules.Decision decision, String value) {
    var chosen = forms.choice(task, decision.variable(), value);
    var missing = new ArrayList<Problem>();
    decision.required().get(value).stream()
        .filter(field -> isBlank(task.getVariable(field)))
        .map(
            field ->
                new Problem(
                    where(field),
                    "'%s' is needed for '%s'".formatted(forms.label(task, field), chosen)))
        .forEach(missing::add);
    if (decision.reasonRequiredFor().contains(value)
        && isBlank(task.getVariable(decision.reason()))) {
      missing.add(
          new Problem(
              where(decision.reason()),
              "a reason is needed for '%s'; fill in '%s'"
                  .formatted(chosen, forms.label(task, decision.reason()))));
    }
    return missing;
  }

  /** A reason alone has a code of its own. */
  private static BalsamException forgotten(List<Problem> missing, TaskRules.Decision decision) {
    var first = missing.get(0);
    return missing.size() == 1 && first.where().equals(where(decision.reason()))
        ? new Rejection(ErrorCode.REASON_REQUIRED, first.where(), first.message())
        : new Invalid(ErrorCode.INVALID_INPUT, missing);
  }

  private static String where(String field) {
    return "/variables/" + field;
  }

  private static boolean isBlank(@Nullable Object value) {
    return value == null || value.toString().isBlank();
  }

  private static Refused refused(BalsamException reason) {
    return new Refused(reason);
  }
}
