package org.balsam.usecase.step;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.JobId;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.StepState;
import org.jspecify.annotations.Nullable;

/** One step of one run, which is one job. */
@Entity
@Table(name = "step")
class StepEntity {

  @Id String job;
  @Version @Nullable Long version;
  String run;
  int stage;
  int position;
  String name;
  String gsbpm;

  @Enumerated(EnumType.STRING)
  StepState state;

  int attempts;
  @Nullable Integer exitCode;

  @Enumerated(EnumType.STRING)
  @Nullable ErrorCode failure;

  String message;
  @Nullable Instant submittedAt;
  @Nullable Instant cancelledAt;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Instant timeLimitAt;
  @Nullable String spec;
  @Nullable String result;
  @Nullable String log;

  @SuppressWarnings("NullAway")
  protected StepEntity() {}

  StepEntity(StepBook.Planned planned) {
    this.job = planned.job().value();
    this.run = planned.run();
    this.stage = planned.stage();
    this.position = planned.position();
    this.name = planned.name();
    this.gsbpm = planned.gsbpm();
    this.state = StepState.PLANNED;
    this.message = "";
  }

  JobId jobId() {
    return new JobId(job);
  }

  StepRecord view() {
    return new StepRecord(
        jobId(),
        run,
        stage,
        position,
        name,
        gsbpm,
        state,
        attempts,
        exitCode,
        failure,
        message,
        submittedAt,
        startedAt,
        finishedAt,
        spec,
        result,
        log);
  }
}
