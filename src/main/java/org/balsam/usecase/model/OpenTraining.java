package org.balsam.usecase.model;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectPolicies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pins what determines a training: commit, method version, runtime, parameters and seed. */
@Component
public class OpenTraining {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final MethodVersions methods;
  private final ProjectPolicies policies;
  private final TrainingPins pins;
  private final CandidateCard card;
  private final AuditTrail trail;

  OpenTraining(
      TrainingRows rows,
      TrainedModels models,
      MethodVersions methods,
      ProjectPolicies policies,
      TrainingPins pins,
      CandidateCard card,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.methods = methods;
    this.policies = policies;
    this.pins = pins;
    this.card = card;
    this.trail = trail;
  }

  /** What to open. */
  public record Command(TrainingId training) {}

  /**
   * What was pinned.
   *
   * @param commit 40 hexadecimal digits
   * @param inputSet the frozen inputs of the training that this one reproduces; else null
   */
  public record Result(String commit, @Nullable String inputSet) {}

  /**
   * Opens it; a training that is open keeps what it is pinned to.
   *
   * @throws Rejection INPUTS_MISSING naming everything that cannot be pinned, or what is wrong with
   *     the model card
   * @throws org.balsam.kernel.Invalid when {@code balsam.yaml} is malformed, or outside the bounds
   *     of its template's policy
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    if (training.commitId == null) {
      pin(training);
    }
    return new Result(training.commit(), training.inputSet);
  }

  private void pin(TrainingEntity training) {
    if (training.reproduces == null) {
      training.commitId = methods.newest(training.projectId()).commit();
      policies.require(training.projectId(), training.commit());
    } else {
      var record = rows.training(TrainingId.parse(training.reproduces));
      training.commitId = record.commitId;
      training.inputSet = record.inputSet;
    }
    var model = models.of(training);
    training.method = model.method();
    training.runtime =
        model.image() == null
            ? RuntimeFingerprint.ofThisMachine()
            : RuntimeFingerprint.ofThisMachine() + "; declared image " + model.image();
    var missing = pins.missingBeforeTraining(training);
    if (!missing.isEmpty()) {
      throw new Rejection(
          ErrorCode.INPUTS_MISSING,
          "training %s does not start, because this is not pinned: %s"
              .formatted(training.id, String.join(", ", missing)));
    }
    card.requireWritten(training);
    trail.record(
        AuditEntry.done("training.opened", training.project, training.id)
            .with("commit", training.commit())
            .with("method", model.method())
            .with("runtime", training.runtime)
            .with("seed", training.pinnedSeed())
            .with("parameters", training.parameters));
  }
}
