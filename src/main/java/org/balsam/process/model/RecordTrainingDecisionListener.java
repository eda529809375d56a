package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CHANGED_PARAMETERS;
import static org.balsam.process.model.MlTrainingVariables.EVIDENCE;
import static org.balsam.process.model.MlTrainingVariables.RESOURCE_APPROVAL;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.identity.Directory;
import org.balsam.process.engine.ElementProperties;
import org.balsam.usecase.model.RecordTrainingDecision;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps what a person decided in a user task of the training. */
@Component
class RecordTrainingDecisionListener implements TaskListener {

  private final RecordTrainingDecision recordDecision;
  private final ObjectProvider<Directory> directory;

  RecordTrainingDecisionListener(
      RecordTrainingDecision recordDecision, ObjectProvider<Directory> directory) {
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
    recordDecision.handle(
        new RecordTrainingDecision.Command(
            training(execution),
            task.getTaskDefinitionKey(),
            task.getId(),
            decision,
            text(task, properties.find("reason").orElseThrow()),
            person(task),
            EVIDENCE.find(execution).orElse(null),
            RESOURCE_APPROVAL.find(execution).orElse(null),
            text(task, CHANGED_PARAMETERS.name())));
  }

  private Actor person(DelegateTask task) {
    var id =
        task.getProcessEngineServices().getIdentityService().getCurrentAuthentication().getUserId();
    return Actor.user(id, directory.getObject().groupsOf(id));
  }

  private static @Nullable String text(DelegateTask task, String variable) {
    var value = task.getVariable(variable);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }
}
