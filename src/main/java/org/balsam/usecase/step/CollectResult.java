package org.balsam.usecase.step;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Texts;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.standard.step.StepState;
import org.balsam.standard.step.SteppedWork;
import org.balsam.standard.step.WorkDocuments;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over an ended job's result: its log, its verified outputs, or the reason of its failure.
 */
@Component
public class CollectResult {

  private static final int LOG_BYTES = 1 << 20;
  private static final int TAIL_BYTES = 2000;

  private final RecordedSteps steps;
  private final KindsOfWork kinds;
  private final OutputRepository outputs;
  private final StepOutcomes outcomes;
  private final WorkDocuments documents;
  private final JobRuntime runtime;
  private final StorageQuotas quotas;
  private final AuditTrail trail;

  CollectResult(
      RecordedSteps steps,
      KindsOfWork kinds,
      OutputRepository outputs,
      StepOutcomes outcomes,
      WorkDocuments documents,
      JobRuntime runtime,
      StorageQuotas quotas,
      AuditTrail trail) {
    this.steps = steps;
    this.kinds = kinds;
    this.outputs = outputs;
    this.outcomes = outcomes;
    this.documents = documents;
    this.runtime = runtime;
    this.quotas = quotas;
    this.trail = trail;
  }

  /** Which job. */
  public record Command(JobId job) {}

  /**
   * Collects it; collecting again gives the same answer.
   *
   * @throws Rejection STEP_FAILED, STEP_TIMED_OUT, LIMIT_EXCEEDED, OUTPUT_MISSING or DATA_CHANGED
   *     with the exit code and the end of the log; at most 4000 characters
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var step = steps.row(command.job);
    if (step.result == null && !step.state.ended()) {
      collect(step, kinds.run(step.run));
    }
    if (step.state != StepState.SUCCEEDED) {
      throw rejection(step);
    }
  }

  private void collect(StepEntity step, SteppedWork.Run run) {
    var status = runtime.status(step.jobId()).orElseGet(() -> outcomes.lost(step));
    if (!status.state().ended() && step.cancelledAt == null) {
      throw new ExternalFailure(
          "job runtime", true, "job " + step.job + " has not ended yet", null);
    }
    var outcome = outcomes.judge(step, status);
    step.state = outcome.state();
    step.failure = outcome.failure();
    step.message = outcome.message();
    step.exitCode = status.exitCode();
    step.startedAt = status.startedAt();
    step.finishedAt = status.finishedAt();
    outputs.saveAll(outcome.outputs());
    quotas.grew(run.project(), outcome.outputs().stream().mapToLong(output -> output.size).sum());
    keep(step, run, status);
    record(step, run, outcome.outputs());
  }

  private void keep(StepEntity step, SteppedWork.Run run, JobStatus status) {
    var folder = run.folder() + "steps/" + step.job + "/";
    var log = runtime.logTail(step.jobId(), LOG_BYTES).getBytes(StandardCharsets.UTF_8);
    step.log =
        documents
            .store(run.project(), folder + "log.txt", log, "text/plain; charset=utf-8")
            .toString();
    step.result =
        documents
            .store(run.project(), folder + "result.json", JobJson.write(status), "application/json")
            .toString();
  }

  private void record(StepEntity step, SteppedWork.Run run, List<OutputEntity> published) {
    var done = step.state == StepState.SUCCEEDED;
    trail.record(
        AuditEntry.done(run.collected(), run.project().value(), run.subject())
            .outcome(done ? AuditEntry.Outcome.DONE : AuditEntry.Outcome.FAILED)
            .with("job", step.job)
            .with("state", step.state.value())
            .with("spec", String.valueOf(step.spec))
            .with("result", String.valueOf(step.result))
            .with("log", String.valueOf(step.log))
            .with(
                "outputs",
                published.stream()
                    .map(output -> Map.of("key", output.objectKey, "sha256", output.sha256))
                    .toList()));
  }

  private Rejection rejection(StepEntity step) {
    var code = step.failure == null ? ErrorCode.STEP_FAILED : step.failure;
    var exit = step.exitCode == null ? "it has no exit code" : "exit code " + step.exitCode;
    var text =
        "step %s (job %s) %s: %s; %s"
            .formatted(step.name, step.job, step.state.words(), reason(step), exit);
    var tail = runtime.logTail(step.jobId(), TAIL_BYTES);
    var end = tail.isBlank() ? "; its log is empty" : "; the end of its log:\n" + tail.strip();
    return new Rejection(code, Texts.atMost(1900, text) + Texts.atMost(2050, end));
  }

  /** Without the end of the log that the step itself quotes: a longer one follows. */
  private static String reason(StepEntity step) {
    return String.valueOf(step.message).split("; its log (ends with:|is empty)", 2)[0];
  }
}
