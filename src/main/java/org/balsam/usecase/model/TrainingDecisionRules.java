package org.balsam.usecase.model;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.standard.template.ProjectPolicies;
import org.springframework.stereotype.Component;

/** What the facts of a training allow its people to decide, and what their answers do. */
@Component
class TrainingDecisionRules {

  static final String REVIEW = "userTask_reviewPromotion";
  static final String APPROVE_PRODUCTION = "userTask_approveProduction";
  static final String APPROVE = "approve";
  private static final String RESOURCES = "userTask_approveResources";
  private static final String FAILED = "userTask_decideOnFailedTraining";
  private static final String REFUSED = "userTask_decideOnRefusedCandidate";

  private final TrainedModels models;
  private final ProjectPolicies policies;
  private final TrainingCheckRepository checks;
  private final Clock clock;

  TrainingDecisionRules(
      TrainedModels models, ProjectPolicies policies, TrainingCheckRepository checks, Clock clock) {
    this.models = models;
    this.policies = policies;
    this.checks = checks;
    this.clock = clock;
  }

  void apply(RecordTrainingDecision.Command command, TrainingEntity training) {
    switch (command.activity() + ":" + command.decision()) {
      case RESOURCES + ":grant" -> grant(command, training);
      case FAILED + ":change" ->
          training.parameters = TrainingParameters.text(changed(command, training));
      case REFUSED + ":retrain" -> retrain(command, training);
      case REFUSED + ":waive" -> waive(command, training);
      case REVIEW + ":" + APPROVE, APPROVE_PRODUCTION + ":" + APPROVE -> approve(command, training);
      default -> {
        // nothing but the engine's own rules stands against it
      }
    }
  }

  private static void grant(RecordTrainingDecision.Command command, TrainingEntity training) {
    notBy(training.requestedBy, command, "asked for these resources");
    if (command.approval() != null
        && !command.actor().has(training.projectId(), Role.parse(command.approval()))) {
      throw new Forbidden(
          "these resources of %s are approved by the role %s"
              .formatted(training.project, command.approval()));
    }
  }

  private Map<String, String> changed(
      RecordTrainingDecision.Command command, TrainingEntity training) {
    if (command.changedParameters() == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "/variables/changedParameters",
          "is needed to train with other parameters, for example epochs=12");
    }
    var changes = new java.util.TreeMap<>(TrainingParameters.parse(training.parameters));
    changes.putAll(TrainingParameters.ofForm(command.changedParameters()));
    var merged = TrainingParameters.merged(models.of(training), changes);
    policies.requireParameters(training.projectId(), training.modelName(), merged);
    return merged;
  }

  /** The successor takes them later; who decides hears now what is wrong with them. */
  private void retrain(RecordTrainingDecision.Command command, TrainingEntity training) {
    if (command.changedParameters() != null && !command.changedParameters().isBlank()) {
      changed(command, training);
    }
  }

  private void waive(RecordTrainingDecision.Command command, TrainingEntity training) {
    if (!command.actor().has(training.projectId(), Role.QUALITY)) {
      throw new Forbidden(
          "only the role quality of "
              + training.project
              + " may waive a blocking check; retrain or stop instead");
    }
    var reason = command.reason() == null ? "" : command.reason().strip();
    if (reason.isEmpty()) {
      throw new Rejection(
          ErrorCode.REASON_REQUIRED, "say why; the waiver is shown with the model for good");
    }
    var blocking = newest(training).stream().filter(TrainingCheckEntity::blocks).toList();
    if (blocking.isEmpty()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "no check blocks " + training.candidate + "; nothing to waive");
    }
    for (var check : blocking) {
      check.waiver = reason;
      check.waivedBy = command.actor().id();
      check.waivedAt = clock.instant();
    }
  }

  /** The checks of the newest time that the gate was made. */
  List<TrainingCheckEntity> newest(TrainingEntity training) {
    return checks
        .findFirstByTrainingOrderByGateDesc(training.id)
        .map(last -> checks.findByTrainingAndGateOrderByNumberAsc(training.id, last.gate))
        .orElse(List.of());
  }

  private void approve(RecordTrainingDecision.Command command, TrainingEntity training) {
    notBy(training.requestedBy, command, "asked for this training");
    if (training.evidence == null || !training.evidence.equals(command.evidence())) {
      throw new Rejection(
          ErrorCode.EVIDENCE_CHANGED,
          "the candidate changed while the task was open: it shows evidence %s, the training has %s;"
                  .formatted(command.evidence(), training.evidence)
              + " look at it again first");
    }
    newest(training).stream()
        .filter(TrainingCheckEntity::blocks)
        .findFirst()
        .ifPresent(
            check -> {
              throw new Rejection(
                  ErrorCode.WRONG_STATE,
                  "check %d (%s) blocks the candidate and is not waived: %s"
                      .formatted(check.number, check.title, check.message));
            });
  }

  private static void notBy(String person, RecordTrainingDecision.Command command, String what) {
    if (command.actor().id().equals(person)) {
      throw new Forbidden(
          ErrorCode.SEPARATION_OF_DUTIES,
          "'%s' %s and may not decide on it. Another person must do it.".formatted(person, what));
    }
  }
}
