package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.DATES;
import static org.balsam.process.round.StatisticalRoundVariables.EVIDENCE;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.TreeMap;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.identity.Directory;
import org.balsam.process.engine.ElementProperties;
import org.balsam.process.engine.ProcessVariable;
import org.balsam.usecase.round.RecordDecision;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Keeps what a person decided in a user task of the round. The task's extension properties name the
 * variables of decision and reason and what the form showed ({@code display}).
 */
@Component
class RecordDecisionListener implements TaskListener {

  private final RecordDecision recordDecision;
  private final ObjectProvider<Directory> directory;

  RecordDecisionListener(RecordDecision recordDecision, ObjectProvider<Directory> directory) {
    this.recordDecision = recordDecision;
    this.directory = directory;
  }

  @Override
  public void notify(DelegateTask task) {
    var execution = task.getExecution();
    var properties = new ElementProperties(execution);
    var decision = text(task, properties.find("decision").orElseThrow());
    if (decision == null) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "decision", "the task needs a decision");
    }
    DATES.forEach(variable -> readDate(task, variable));
    recordDecision.handle(
        new RecordDecision.Command(
            round(execution),
            task.getTaskDefinitionKey(),
            task.getId(),
            decision,
            text(task, properties.find("reason").orElseThrow()),
            person(task),
            EVIDENCE.find(execution).orElse(null),
            displayed(task, properties)));
  }

  private static TreeMap<String, String> displayed(DelegateTask task, ElementProperties shown) {
    var display = new TreeMap<String, String>();
    for (var name : shown.list("display")) {
      var value = task.getVariable(name);
      if (value != null) {
        display.put(name, value instanceof Date date ? date.toInstant().toString() : "" + value);
      }
    }
    return display;
  }

  private Actor person(DelegateTask task) {
    var id =
        task.getProcessEngineServices().getIdentityService().getCurrentAuthentication().getUserId();
    return Actor.user(id, directory.getObject().groupsOf(id));
  }

  private static void readDate(DelegateTask task, ProcessVariable<Date> variable) {
    if (task.getVariable(variable.name()) instanceof String sent) {
      try {
        variable.set(
            task.getExecution(),
            sent.isBlank() ? null : Date.from(OffsetDateTime.parse(sent).toInstant()));
      } catch (DateTimeException malformed) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "/variables/" + variable.name(),
            "is not a moment; allowed: date, time and offset, for example 2026-11-03T09:30+01:00");
      }
    }
  }

  private static @Nullable String text(DelegateTask task, String variable) {
    var value = task.getVariable(variable);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }
}
