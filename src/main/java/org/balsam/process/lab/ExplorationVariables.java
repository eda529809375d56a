package org.balsam.process.lab;

import java.util.Date;
import org.balsam.kernel.ExplorationId;
import org.balsam.process.engine.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables of {@code exploration}; the business key is the exploration's id. */
final class ExplorationVariables {

  /** The exploration's project. */
  static final ProcessVariable<String> PROJECT = ProcessVariable.text("project");

  /** The request as its approver reads it. */
  static final ProcessVariable<String> REQUEST_SUMMARY = ProcessVariable.text("requestSummary");

  /** The dataset versions that may be read, joined by comma. */
  static final ProcessVariable<String> DATASETS = ProcessVariable.text("datasets");

  /** Reference of the manifest of the granted objects. */
  static final ProcessVariable<String> GRANT_SET = ProcessVariable.text("grantSet");

  /** Of the most sensitive data: public, internal, confidential. */
  static final ProcessVariable<String> CLASSIFICATION = ProcessVariable.text("classification");

  /** Who approves: none, owner, steward, refuse. */
  static final ProcessVariable<String> RESOURCE_APPROVAL = ProcessVariable.text("resourceApproval");

  /** Why, as the decision table says. */
  static final ProcessVariable<String> RESOURCE_REASON = ProcessVariable.text("resourceReason");

  /** {@code approve} or {@code reject}. */
  static final ProcessVariable<String> APPROVAL_DECISION = ProcessVariable.text("approvalDecision");

  /** Why; needed to reject. */
  static final ProcessVariable<String> APPROVAL_REASON = ProcessVariable.text("approvalReason");

  /** Why a step was refused. */
  static final ProcessVariable<String> REFUSAL = ProcessVariable.text("refusal");

  /** {@code renew} or {@code end}. */
  static final ProcessVariable<String> RENEWAL_DECISION = ProcessVariable.text("renewalDecision");

  /** Why it is renewed. */
  static final ProcessVariable<String> RENEWAL_REASON = ProcessVariable.text("renewalReason");

  /** Until when it is renewed, as 2027-01-31. */
  static final ProcessVariable<String> NEW_END_DATE = ProcessVariable.text("newEndDate");

  /** Why somebody wants it suspended. */
  static final ProcessVariable<String> SUSPENSION_REASON = ProcessVariable.text("suspensionReason");

  /** {@code stop}, {@code continue} or {@code transfer}. */
  static final ProcessVariable<String> OUTCOME_DECISION = ProcessVariable.text("outcomeDecision");

  /** Why. */
  static final ProcessVariable<String> OUTCOME_REASON = ProcessVariable.text("outcomeReason");

  /** What a transfer lacks. */
  static final ProcessVariable<String> MISSING = ProcessVariable.text("missing");

  /** The commit of the lab branch that is transferred. */
  static final ProcessVariable<String> TRANSFER_COMMIT = ProcessVariable.text("transferCommit");

  /** When somebody is asked whether it is renewed. */
  static final ProcessVariable<Date> REMIND_AT = new ProcessVariable<>("remindAt", Date.class);

  /** When its time is over. */
  static final ProcessVariable<Date> ENDS_AT = new ProcessVariable<>("endsAt", Date.class);

  /** The earliest moment at which its workspace can have become idle. */
  static final ProcessVariable<Date> CHECK_AT = new ProcessVariable<>("checkAt", Date.class);

  /** Whether its workspace is suspended. */
  static final ProcessVariable<Boolean> IDLE = new ProcessVariable<>("idle", Boolean.class);

  /** Whether a transfer needs a new production project. */
  static final ProcessVariable<Boolean> NEW_PRODUCTION =
      new ProcessVariable<>("newProduction", Boolean.class);

  private ExplorationVariables() {}

  /** The exploration that an instance is of. */
  static ExplorationId exploration(DelegateExecution execution) {
    return new ExplorationId(execution.getProcessBusinessKey());
  }
}
