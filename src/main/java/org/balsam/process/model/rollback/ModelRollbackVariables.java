package org.balsam.process.model.rollback;

import org.balsam.process.engine.ProcessVariable;
import org.balsam.usecase.model.RollbackId;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables of {@code modelRollback}. */
public final class ModelRollbackVariables {

  /** The project, from which the engine takes the tenant. */
  public static final ProcessVariable<String> PROJECT = ProcessVariable.text("project");

  /** The request as those who decide read it. */
  public static final ProcessVariable<String> ROLLBACK_SUMMARY =
      ProcessVariable.text("rollbackSummary");

  /** Whether the alias moves before anybody approves. */
  public static final ProcessVariable<Boolean> EMERGENCY =
      new ProcessVariable<>("emergency", Boolean.class);

  /** Whether an approval is to follow the move. */
  public static final ProcessVariable<Boolean> APPROVAL_OPEN =
      new ProcessVariable<>("approvalOpen", Boolean.class);

  /** {@code approve} or {@code reject}. */
  public static final ProcessVariable<String> ROLLBACK_DECISION =
      ProcessVariable.text("rollbackDecision");

  /** Why the roll-back is rejected. */
  public static final ProcessVariable<String> ROLLBACK_REASON =
      ProcessVariable.text("rollbackReason");

  /** {@code approve} or {@code refuse}. */
  public static final ProcessVariable<String> EMERGENCY_DECISION =
      ProcessVariable.text("emergencyDecision");

  /** Why the emergency is refused. */
  public static final ProcessVariable<String> EMERGENCY_REASON =
      ProcessVariable.text("emergencyReason");

  /** {@code keep} or {@code restore}. */
  public static final ProcessVariable<String> DISPUTE_DECISION =
      ProcessVariable.text("disputeDecision");

  /** Why the dispute ends so. */
  public static final ProcessVariable<String> DISPUTE_REASON =
      ProcessVariable.text("disputeReason");

  /** Why a move was refused. */
  public static final ProcessVariable<String> FAILURE = ProcessVariable.text("failure");

  private ModelRollbackVariables() {}

  static RollbackId rollback(DelegateExecution execution) {
    return RollbackId.parse(execution.getProcessBusinessKey());
  }
}
