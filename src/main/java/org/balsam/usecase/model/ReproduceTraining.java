package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;

/** Makes a training again from its record, to say whether it gives the same artefact. */
@Component
public class ReproduceTraining {

  private final TrainingRepository trainings;
  private final TrainingRows rows;
  private final TrainingNumbers numbers;
  private final TrainingProcess process;
  private final AuditTrail trail;
  private final Refusals refusals;
  private final Clock clock;

  ReproduceTraining(
      TrainingRepository trainings,
      TrainingRows rows,
      TrainingNumbers numbers,
      TrainingProcess process,
      AuditTrail trail,
      Refusals refusals,
      Clock clock) {
    this.trainings = trainings;
    this.rows = rows;
    this.numbers = numbers;
    this.process = process;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
  }

  /** Which training, and who wants it. */
  public record Command(TrainingId training, Actor actor) {}

  /** The new training, which never registers anything. */
  public record Result(TrainingId training) {}

  /**
   * Starts it: same commit, inputs, parameters and seed. Who trains or reviews may.
   *
   * @throws Rejection WRONG_STATE when the training has no artefact to compare with
   */
  public Result handle(Command command) {
    command.actor.requireAny(
        command.training.project(),
        Role.OWNER,
        Role.SUBJECT,
        Role.METHODOLOGY,
        Role.PRODUCTION,
        Role.QUALITY);
    return refusals.recorded(
        "training.reproduction.requested",
        command.training.project(),
        command.training.value(),
        () -> start(command));
  }

  private Result start(Command command) {
    var record = rows.training(command.training);
    if (record.artefact == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training %s is %s and has no artefact to compare with"
              .formatted(record.id, record.state.value()));
    }
    var id = numbers.next(command.training.project());
    trainings.save(again(record, id, command.actor));
    trail.record(
        AuditEntry.done("training.reproduction.requested", record.project, id.value())
            .with("reproduces", record.id));
    process.start(id, TrainingTrigger.PERSON);
    return new Result(id);
  }

  private TrainingEntity again(TrainingEntity record, TrainingId id, Actor actor) {
    var request =
        new StartTraining.Command(
            record.projectId(),
            record.modelName(),
            record.reference(),
            TrainingParameters.parse(record.parameters),
            record.seed,
            TrainingTrigger.PERSON,
            actor);
    var training = new TrainingEntity(id, request, record.parameters, clock.instant());
    training.seed = record.seed;
    training.reproduces = record.id;
    return training;
  }
}
