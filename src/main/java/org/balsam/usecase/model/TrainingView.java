package org.balsam.usecase.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepState;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a training that its people may see.
 *
 * @param commit the pinned code, 40 hexadecimal digits; null before it is open
 * @param method the method version of the model
 * @param runtime the machine that steps run on, as far as it can change results
 * @param inputSet reference of the manifest of the frozen inputs
 * @param setManifest reference of the manifest of the frozen sets
 * @param artefact sha256 of the model's files
 * @param champion the version that the candidate was compared with
 * @param verdict {@code pass}, {@code review} or {@code block}; null before the gate
 * @param evidence sha256 that approvals are bound to
 * @param reproduces the training that this one makes again
 * @param outcome what a reproduction found, or the training that took this one's place
 * @param runs newest first, at most 20, each with its steps in order
 * @param checks of the newest gate, in order
 * @param waivers all that were ever given in this training
 * @param decisions oldest first, at most 200
 * @param evidenceSealed whether the evidence can be downloaded
 * @param endReason why it was stopped or cancelled
 */
public record TrainingView(
    TrainingId id,
    ModelName model,
    Period period,
    TrainingState state,
    Instant stateSince,
    TrainingTrigger trigger,
    String requestedBy,
    Instant requestedAt,
    @Nullable String commit,
    @Nullable String method,
    @Nullable String runtime,
    @Nullable Long seed,
    Map<String, String> parameters,
    @Nullable String inputSet,
    @Nullable String setManifest,
    @Nullable Sha256 artefact,
    @Nullable String candidate,
    @Nullable String champion,
    @Nullable String verdict,
    @Nullable String summary,
    @Nullable String evidence,
    @Nullable TrainingId reproduces,
    @Nullable String outcome,
    List<Run> runs,
    List<Check> checks,
    List<Check> waivers,
    List<Decision> decisions,
    @Nullable Instant promotedAt,
    boolean evidenceSealed,
    @Nullable String endReason) {

  public TrainingView {
    parameters = Map.copyOf(parameters);
    runs = List.copyOf(runs);
    checks = List.copyOf(checks);
    waivers = List.copyOf(waivers);
    decisions = List.copyOf(decisions);
  }

  /**
   * One pass of steps.
   *
   * @param purpose {@code train}, {@code evaluate}, {@code reproduce} or {@code smoke}
   */
  public record Run(long number, String purpose, Instant plannedAt, List<Step> steps) {
    public Run {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step.
   *
   * @param stage counts from 0
   * @param message why it did not succeed; empty otherwise
   * @param attempts how often it was submitted, more than once when the runtime lost it
   */
  public record Step(
      JobId job,
      long stage,
      String name,
      StepState state,
      @Nullable Integer exitCode,
      String message,
      long attempts,
      @Nullable Instant submittedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  /**
   * One of the nine checks.
   *
   * @param champion the champion's figure
   * @param waiver why it was waived; null when it was not
   */
  public record Check(
      long number,
      String name,
      String title,
      @Nullable BigDecimal value,
      @Nullable BigDecimal champion,
      @Nullable BigDecimal threshold,
      String finding,
      String verdict,
      String message,
      @Nullable String waiver,
      @Nullable String waivedBy,
      @Nullable Instant waivedAt) {}

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
}
