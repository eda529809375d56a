package org.balsam.usecase.model;

import java.time.Clock;
import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Says whether a training that was made again from a record gives the same artefact. */
@Component
public class CompareWithRecord {

  private final TrainingRows rows;
  private final AuditTrail trail;
  private final Clock clock;

  CompareWithRecord(TrainingRows rows, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.trail = trail;
    this.clock = clock;
  }

  /** The training that reproduces another one. */
  public record Command(TrainingId training) {}

  /** What was found, for people. */
  public record Result(String outcome) {}

  /** Compares, once. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var record = rows.training(TrainingId.parse(Objects.requireNonNull(training.reproduces)));
    if (training.outcome == null) {
      var same = Objects.equals(training.artefact, record.artefact);
      training.outcome =
          same
              ? "Same artefact as training %s: sha256 %s.".formatted(record.id, record.artefact)
              : "Another artefact than training %s: sha256 %s, recorded was %s. Runtime now: %s; recorded: %s."
                  .formatted(
                      record.id,
                      training.artefact,
                      record.artefact,
                      training.runtime,
                      record.runtime);
      trail.record(
          AuditEntry.done("training.reproduced", training.project, training.id)
              .with("reproduces", record.id)
              .with("artefact", String.valueOf(record.artefact))
              .with("rerun", String.valueOf(training.artefact))
              .with("same", same));
    }
    training.enter(TrainingState.REPRODUCED, clock.instant());
    return new Result(training.outcome);
  }
}
