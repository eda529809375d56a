package org.balsam.usecase.round;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.balsam.kernel.JobId;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.standard.step.StepState;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a round that its people may see.
 *
 * @param commit the code that the round stands on, 40 hexadecimal digits; null before it is open
 * @param method the method tag that was pinned, or {@code main}
 * @param plannedRelease the moment of the release calendar, before which nothing is released
 * @param runs newest first, at most 20
 * @param steps of the newest run, in order
 * @param checks of the newest run, in order
 * @param decisions oldest first, at most 200
 * @param announcements oldest first, at most 50
 * @param endReason why it was cancelled or withdrawn
 * @param evaluated whether people evaluated it in time; null before it is closed
 */
public record RoundView(
    RoundId id,
    RoundState state,
    Instant stateSince,
    Trigger trigger,
    String requestedBy,
    Instant requestedAt,
    @Nullable Revision revision,
    @Nullable Instant plannedRelease,
    @Nullable String commit,
    @Nullable String method,
    List<Run> runs,
    List<Step> steps,
    List<Check> checks,
    List<Decision> decisions,
    List<Announcement> announcements,
    @Nullable Release release,
    @Nullable String endReason,
    @Nullable Boolean evaluated) {

  public RoundView {
    runs = List.copyOf(runs);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    decisions = List.copyOf(decisions);
    announcements = List.copyOf(announcements);
  }

  /** The round that this one revises, and why. */
  public record Revision(RoundId predecessor, RevisionType type, String reason) {}

  /**
   * One pass over all stages. Verdict and what follows are null before the check.
   *
   * @param inputSet reference of the manifest of the frozen inputs
   * @param models the versions of models that the run uses, {@code damage@1.0.0}
   * @param outputSet reference of the manifest of everything that the run wrote
   * @param evidence sha256 that approvals are bound to
   */
  public record Run(
      long number,
      String inputSet,
      List<String> models,
      String commit,
      Instant plannedAt,
      @Nullable Instant checkedAt,
      @Nullable String verdict,
      @Nullable String summary,
      @Nullable String outputSet,
      @Nullable String evidence) {
    public Run {
      models = List.copyOf(models);
    }
  }

  /**
   * One step of the newest run.
   *
   * @param stage counts from 0
   * @param message why it did not succeed; empty otherwise
   * @param attempts how often it was submitted, more than once when the runtime lost it
   * @param outputs empty unless it succeeded
   */
  public record Step(
      JobId job,
      long stage,
      String name,
      String gsbpm,
      StepState state,
      @Nullable Integer exitCode,
      String message,
      long attempts,
      @Nullable Instant submittedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      List<Output> outputs) {
    public Step {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One file that a step wrote.
   *
   * @param dataset {@code layer/name}
   * @param size bytes
   * @param rows data rows of a CSV file, -1 for other files
   */
  public record Output(
      String dataset,
      String bucket,
      String key,
      String versionId,
      long size,
      Sha256 sha256,
      long rows) {}

  /**
   * One quality check.
   *
   * @param value null when nothing could be computed
   * @param exceeded whether the value is beyond its limit; null for what was checked before this
   *     was kept
   * @param severity {@code block}, {@code warn} or {@code info}, as the decision table has it
   * @param verdict {@code pass}, {@code explain} or {@code block}
   * @param answer {@code explain} or {@code waive}, null before anybody answered
   */
  public record Check(
      String name,
      String type,
      String gsbpm,
      @Nullable String sims,
      String scope,
      @Nullable BigDecimal value,
      BigDecimal threshold,
      @Nullable Boolean exceeded,
      String severity,
      String verdict,
      String message,
      @Nullable String answer,
      @Nullable String explanation,
      @Nullable String explainedBy,
      @Nullable Instant explainedAt) {}

  /**
   * What a person decided.
   *
   * @param activity the BPMN element of the task
   * @param evidence sha256 of what the person decided on; null before there was any
   */
  public record Decision(
      String activity,
      String task,
      String decision,
      @Nullable String reason,
      String actor,
      @Nullable String evidence,
      Instant decidedAt) {}

  /** An announced moment of release. */
  public record Announcement(
      Instant announcedAt, Instant releaseAt, String zone, @Nullable String reason) {}

  /**
   * The publication.
   *
   * @param tag the Git tag of the released code
   * @param releaseSet reference of the manifest of all released objects
   * @param evidence sha256 that the approvals are bound to
   * @param reviewEvent the audit event of the review
   * @param releaseEvent the audit event of the approval
   * @param bundleSealed whether the evidence can be downloaded
   */
  public record Release(
      Instant releasedAt,
      String tag,
      String releaseSet,
      String evidence,
      String reviewEvent,
      String releaseEvent,
      boolean bundleSealed) {}
}
