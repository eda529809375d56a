package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.JobId;
import org.jspecify.annotations.Nullable;

/** One step of one run, which is one job. */
@Entity
@Table(name = "round_step")
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

  StepEntity(JobId job, String run, int stage, int position, String name, String gsbpm) {
    this.job = job.value();
    this.run = run;
    this.stage = stage;
    this.position = position;
    this.name = name;
    this.gsbpm = gsbpm;
    this.state = StepState.PLANNED;
    this.message = "";
  }

  JobId jobId() {
    return new JobId(job);
  }
}
