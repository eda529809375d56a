package org.balsam.process.round;

import java.util.Date;
import java.util.List;
import org.balsam.kernel.RoundId;
import org.balsam.process.engine.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The variables of {@code statistical-round.bpmn}: references and decisions only. Which round it is
 * says the business key, which no person can write.
 */
final class StatisticalRoundVariables {

  /** The project of a round that a message starts; makes the engine give it to that tenant. */
  static final ProcessVariable<String> PROJECT = ProcessVariable.text("project");

  /** The pinned method version, 40 hexadecimal digits. */
  static final ProcessVariable<String> COMMIT = ProcessVariable.text("commit");

  /** Reference of the frozen input manifest. */
  static final ProcessVariable<String> INPUT_SET = ProcessVariable.text("inputSet");

  /** For people: what changed against the previous round, what is missing. */
  static final ProcessVariable<String> INPUT_CHANGES = ProcessVariable.text("inputChanges");

  static final ProcessVariable<String> INPUTS_DECISION = ProcessVariable.text("inputsDecision");
  static final ProcessVariable<String> INPUTS_REASON = ProcessVariable.text("inputsReason");
  static final ProcessVariable<Date> WAIT_UNTIL = date("waitUntil");

  /** Counts the runs of the round from 1. */
  static final ProcessVariable<Long> RUN = number("run");

  static final ProcessVariable<Long> STAGE_COUNT = number("stageCount");

  /** Counts from 0; local to one stage. */
  static final ProcessVariable<Long> STAGE = number("stage");

  /** Local to one stage. */
  static final ProcessVariable<Long> STEP_COUNT = number("stepCount");

  /** For people: why a step failed. */
  static final ProcessVariable<String> FAILURE = ProcessVariable.text("failure");

  static final ProcessVariable<String> FAILURE_DECISION = ProcessVariable.text("failureDecision");
  static final ProcessVariable<String> FAILURE_REASON = ProcessVariable.text("failureReason");

  /** {@code pass}, {@code explain} or {@code block}. */
  static final ProcessVariable<String> VERDICT = ProcessVariable.text("verdict");

  /** Whether any check asks for an explanation, also when another one blocks. */
  static final ProcessVariable<Boolean> WARNED = new ProcessVariable<>("warned", Boolean.class);

  /** For people: every check with its value, threshold and verdict. */
  static final ProcessVariable<String> CHECK_SUMMARY = ProcessVariable.text("checkSummary");

  /** The sha256 that approvals are bound to, in hexadecimal. */
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");

  /** Reference of the manifest of everything that the run wrote. */
  static final ProcessVariable<String> OUTPUT_SET = ProcessVariable.text("outputSet");

  /** For people: where to fetch each file that the run wrote. */
  static final ProcessVariable<String> OUTPUT_FILES = ProcessVariable.text("outputFiles");

  static final ProcessVariable<String> CORRECTION_DECISION =
      ProcessVariable.text("correctionDecision");
  static final ProcessVariable<String> CORRECTION_REASON = ProcessVariable.text("correctionReason");
  static final ProcessVariable<String> EXPLANATION_DECISION =
      ProcessVariable.text("explanationDecision");
  static final ProcessVariable<String> EXPLANATION_REASON =
      ProcessVariable.text("explanationReason");
  static final ProcessVariable<String> REVIEW_DECISION = ProcessVariable.text("reviewDecision");
  static final ProcessVariable<String> REVIEW_REASON = ProcessVariable.text("reviewReason");
  static final ProcessVariable<String> RELEASE_DECISION = ProcessVariable.text("releaseDecision");
  static final ProcessVariable<String> RELEASE_REASON = ProcessVariable.text("releaseReason");

  /** The announced moment of release. */
  static final ProcessVariable<Date> RELEASE_AT = date("releaseAt");

  static final ProcessVariable<String> RELEASE_LEVEL = ProcessVariable.text("releaseLevel");

  /**
   * Why a moment of release is announced anew: the reason of a postponement, or how the evidence
   * changed after the first announcement.
   */
  static final ProcessVariable<String> ANNOUNCEMENT_REASON =
      ProcessVariable.text("announcementReason");

  /** Reference of the manifest of what was published. */
  static final ProcessVariable<String> RELEASE_SET = ProcessVariable.text("releaseSet");

  static final ProcessVariable<String> EVALUATION_DECISION =
      ProcessVariable.text("evaluationDecision");
  static final ProcessVariable<String> EVALUATION_REASON = ProcessVariable.text("evaluationReason");

  static final ProcessVariable<String> CANCEL_REASON = ProcessVariable.text("cancelReason");
  static final ProcessVariable<String> WITHDRAW_REASON = ProcessVariable.text("withdrawReason");

  /** What forms send as ISO 8601 text. */
  static final List<ProcessVariable<Date>> DATES = List.of(WAIT_UNTIL, RELEASE_AT);

  private StatisticalRoundVariables() {}

  /** The round that the execution belongs to. */
  static RoundId round(DelegateExecution execution) {
    return RoundId.parse(execution.getProcessBusinessKey());
  }

  private static ProcessVariable<Date> date(String name) {
    return new ProcessVariable<>(name, Date.class);
  }

  private static ProcessVariable<Long> number(String name) {
    return new ProcessVariable<>(name, Long.class);
  }
}
