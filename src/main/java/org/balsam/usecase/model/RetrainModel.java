package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a refused candidate up and trains the model anew. A candidate is one training, so this is
 * another training, asked for by whoever decided so.
 */
@Component
public class RetrainModel {

  private final TrainingRepository trainings;
  private final TrainingRows rows;
  private final TrainingDecisionRepository decisions;
  private final TrainingNumbers numbers;
  private final TrainedModels models;
  private final ModelRegistry registry;
  private final TrainingProcess process;
  private final AuditTrail trail;
  private final Clock clock;

  RetrainModel(
      TrainingRepository trainings,
      TrainingRows rows,
      TrainingDecisionRepository decisions,
      TrainingNumbers numbers,
      TrainedModels models,
      ModelRegistry registry,
      TrainingProcess process,
      AuditTrail trail,
      Clock clock) {
    this.trainings = trainings;
    this.rows = rows;
    this.decisions = decisions;
    this.numbers = numbers;
    this.models = models;
    this.registry = registry;
    this.process = process;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to train anew.
   *
   * @param changedParameters {@code name=value} by commas; empty for the same
   */
  public record Command(TrainingId training, String changedParameters, String reason) {}

  /** The training that takes the place of this one. */
  public record Result(TrainingId successor) {}

  /** Starts it, once. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    if (training.outcome != null) {
      return new Result(TrainingId.parse(training.outcome));
    }
    if (training.candidate != null) {
      registry.archive(training.projectId(), training.candidateId());
    }
    var successor = successor(training, command.changedParameters);
    training.outcome = successor.id;
    training.enter(TrainingState.STOPPED, clock.instant());
    training.endReason = command.reason;
    trail.record(
        AuditEntry.done("training.retrained", training.project, training.id)
            .with("successor", successor.id)
            .because(command.reason));
    process.start(successor.trainingId(), TrainingTrigger.PERSON);
    return new Result(successor.trainingId());
  }

  private TrainingEntity successor(TrainingEntity training, String changed) {
    var parameters = new java.util.TreeMap<>(TrainingParameters.parse(training.parameters));
    if (!changed.isBlank()) {
      parameters.putAll(TrainingParameters.ofForm(changed));
    }
    var merged = TrainingParameters.merged(models.of(training), parameters);
    numbers.lock(training.projectId(), training.modelName());
    var request =
        new StartTraining.Command(
            training.projectId(),
            training.modelName(),
            training.reference(),
            merged,
            training.seed,
            TrainingTrigger.PERSON,
            decider(training));
    var successor =
        new TrainingEntity(
            numbers.next(training.projectId()),
            request,
            TrainingParameters.text(merged),
            clock.instant());
    successor.seed = training.seed;
    return trainings.save(successor);
  }

  /** Whoever decided last asked for the new training, and can neither review nor approve it. */
  private Actor decider(TrainingEntity training) {
    var all = decisions.findByTrainingOrderByIdAsc(training.id, Limit.unlimited());
    return all.isEmpty()
        ? Actor.BALSAM
        : Actor.user(all.get(all.size() - 1).actor, java.util.Set.of());
  }
}
