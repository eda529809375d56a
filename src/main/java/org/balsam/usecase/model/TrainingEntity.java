package org.balsam.usecase.model;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.storage.Manifest;
import org.jspecify.annotations.Nullable;

/** The row of a training. Fields are read freely inside the package. */
@Entity
@Table(name = "training")
class TrainingEntity {

  @Id String id;
  @Version @Nullable Long version;
  String project;
  String model;
  String period;

  @Enumerated(EnumType.STRING)
  TrainingState state;

  Instant stateSince;

  @Enumerated(EnumType.STRING)
  TrainingTrigger triggeredBy;

  String requestedBy;
  Instant requestedAt;

  /** What the requester set, {@link TrainingParameters}; a decision may change it. */
  String parameters;

  @Nullable Long seed;
  @Nullable String commitId;
  @Nullable String method;
  @Nullable String runtime;
  @Nullable String inputSet;

  /** The run whose artefact is the candidate; 0 before there is one. */
  int trainRun;

  /** The newest run of any purpose. */
  int run;

  @Nullable String outputSet;
  @Nullable String setManifest;
  @Nullable String artefact;
  @Nullable String champion;
  @Nullable String evaluation;
  @Nullable String candidate;
  @Nullable String reproduction;
  @Nullable String reproduces;
  @Nullable String outcome;
  @Nullable String verdict;
  @Nullable String summary;
  @Nullable String evidence;
  @Nullable Instant checkedAt;
  @Nullable Instant approvalsVoidedAt;
  @Nullable String reviewEvent;
  @Nullable String approvalEvent;
  @Nullable Instant stagedAt;
  @Nullable Instant promotedAt;
  @Nullable String bundle;
  @Nullable String endReason;

  @SuppressWarnings("NullAway")
  protected TrainingEntity() {}

  TrainingEntity(TrainingId id, StartTraining.Command command, String parameters, Instant now) {
    this.id = id.value();
    this.project = id.project().value();
    this.model = command.model().value();
    this.period = command.period().value();
    this.state = TrainingState.PLANNED;
    this.stateSince = now;
    this.triggeredBy = command.trigger();
    this.requestedBy = command.actor().id();
    this.requestedAt = now;
    this.parameters = parameters;
  }

  TrainingId trainingId() {
    return TrainingId.parse(id);
  }

  ProjectId projectId() {
    return new ProjectId(project);
  }

  ModelName modelName() {
    return new ModelName(model);
  }

  Period reference() {
    return new Period(period);
  }

  String commit() {
    return Objects.requireNonNull(commitId, "the training is open");
  }

  long pinnedSeed() {
    return Objects.requireNonNull(seed, "the training is open");
  }

  Manifest.Reference inputs() {
    return Manifest.Reference.parse(Objects.requireNonNull(inputSet, "the inputs are frozen"));
  }

  Manifest.Reference sets() {
    return Manifest.Reference.parse(Objects.requireNonNull(setManifest, "the sets are frozen"));
  }

  ModelVersionId candidateId() {
    return ModelVersionId.parse(Objects.requireNonNull(candidate, "the candidate is registered"));
  }

  @Nullable ModelVersionId championId() {
    return champion == null ? null : ModelVersionId.parse(champion);
  }

  /** Goes to {@code next}; a training that has ended stays as it is. */
  void enter(TrainingState next, Instant now) {
    if (state == next) {
      return;
    }
    if (state.ended()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "training " + id + " is " + state.value() + " and cannot become " + next.value());
    }
    state = next;
    stateSince = now;
  }

  /** Approvals before now no longer count. */
  void voidApprovals(Instant now) {
    approvalsVoidedAt = now;
    reviewEvent = null;
    approvalEvent = null;
  }

  /** Forgets what an earlier candidate of this training was found to be. */
  void beginAnew() {
    outputSet = null;
    setManifest = null;
    artefact = null;
    reproduction = null;
    verdict = null;
    summary = null;
    evidence = null;
  }
}
