package org.balsam.usecase.step;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Texts;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.step.StepState;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges what a job left behind: a success only when every declared output is there and whole. */
@Component
class StepOutcomes {

  private final KindsOfWork work;
  private final ObjectStore store;

  StepOutcomes(KindsOfWork work, ObjectStore store) {
    this.work = work;
    this.store = store;
  }

  /**
   * A judged result.
   *
   * @param failure null after success
   * @param outputs verified; empty unless it is a success
   */
  record Outcome(
      StepState state, @Nullable ErrorCode failure, String message, List<OutputEntity> outputs) {}

  /** The status of a job that the runtime knows nothing of. */
  JobStatus lost(StepEntity step) {
    return new JobStatus(
        step.jobId(),
        JobStatus.State.LOST,
        null,
        "the runtime does not know the job",
        null,
        null,
        List.of(),
        Map.of());
  }

  Outcome judge(StepEntity step, JobStatus status) {
    return switch (status.state()) {
      case SUCCEEDED -> published(step, status);
      case FAILED -> failed(status, cause(status, work.spec(step.view())));
      case TIMED_OUT -> failed(status, ErrorCode.STEP_TIMED_OUT);
      case LIMIT_EXCEEDED -> failed(status, ErrorCode.LIMIT_EXCEEDED);
      case RUNNING, CANCELLED -> stopped(step, status);
      case LOST ->
          failed(
              StepState.LOST,
              ErrorCode.STEP_FAILED,
              "lost by the runtime %d times: %s".formatted(step.attempts, status.message()));
    };
  }

  private Outcome published(StepEntity step, JobStatus status) {
    var outputs = new ArrayList<OutputEntity>();
    try {
      var taken = new HashSet<String>();
      for (var declared : work.spec(step.view()).outputs()) {
        for (var published : published(status, declared)) {
          if (taken.add(published.path())) {
            outputs.add(output(step, published, declared));
          }
        }
      }
    } catch (Rejection no) {
      return failed(StepState.FAILED, no.code(), no.getMessage());
    }
    return new Outcome(StepState.SUCCEEDED, null, "", outputs);
  }

  /** What was published of a declared output: one file, or any number where it may be many. */
  private static List<JobStatus.Published> published(JobStatus status, JobSpec.Output declared) {
    var found =
        status.outputs().stream()
            .filter(one -> one.bucket().equals(declared.bucket()))
            .filter(one -> declared.holds(one.path()))
            .filter(one -> one.key().equals(declared.keyOf(one.path())))
            .toList();
    if (found.isEmpty() && !declared.mayBeMany()) {
      throw missing(declared);
    }
    return found;
  }

  private OutputEntity output(
      StepEntity step, JobStatus.Published published, JobSpec.Output declared) {
    new VerifiedContent(
            published.bucket(),
            published.key(),
            published.versionId(),
            published.size(),
            published.sha256())
        .verify(store);
    var object =
        store
            .find(published.bucket(), published.key(), published.versionId())
            .orElseThrow(() -> missing(declared));
    return new OutputEntity(step, published, object);
  }

  private static Rejection missing(JobSpec.Output declared) {
    return new Rejection(
        ErrorCode.OUTPUT_MISSING,
        "the declared output "
            + declared.path()
            + " of "
            + declared.dataset()
            + " was not published; the step must write it, or balsam.yaml must not declare it");
  }

  /** Why a job failed, as far as the runtime's result and the storage tell. */
  private ErrorCode cause(JobStatus status, JobSpec spec) {
    if (status.exitCode() == null) {
      return inputsChanged(spec) ? ErrorCode.DATA_CHANGED : ErrorCode.STEP_FAILED;
    }
    return status.exitCode() == 0 ? ErrorCode.OUTPUT_MISSING : ErrorCode.STEP_FAILED;
  }

  private boolean inputsChanged(JobSpec spec) {
    try {
      for (var input : spec.inputs()) {
        new VerifiedContent(
                input.bucket(), input.key(), input.versionId(), input.size(), input.sha256())
            .verify(store);
      }
      return false;
    } catch (Rejection changed) {
      return true;
    }
  }

  private static Outcome stopped(StepEntity step, JobStatus status) {
    return step.cancelledAt == null
        ? failed(StepState.CANCELLED, ErrorCode.STEP_FAILED, "cancelled: " + status.message())
        : failed(
            StepState.TIMED_OUT,
            ErrorCode.STEP_TIMED_OUT,
            "stopped because it did not end within its time limit"
                + (status.message().isBlank() ? "" : "; " + status.message()));
  }

  private static Outcome failed(JobStatus status, ErrorCode code) {
    return failed(StepState.of(status.state()), code, status.message());
  }

  private static Outcome failed(StepState state, ErrorCode code, String message) {
    return new Outcome(state, code, Texts.atMost(4000, message), List.of());
  }
}
