package org.balsam.process.project;

import org.balsam.process.engine.ProcessVariable;

/** The variables of {@code projectOnboarding} and {@code projectClosure}. */
public final class ProjectVariables {

  /** The request as its approver reads it. */
  public static final ProcessVariable<String> REQUEST_SUMMARY =
      ProcessVariable.text("requestSummary");

  /** {@code approve} or {@code reject}. */
  public static final ProcessVariable<String> APPROVAL_DECISION =
      ProcessVariable.text("approvalDecision");

  /** Why the project or its closing is rejected; may be empty when it is approved. */
  public static final ProcessVariable<String> APPROVAL_REASON =
      ProcessVariable.text("approvalReason");

  /** Why a step was refused. */
  public static final ProcessVariable<String> FAILURE = ProcessVariable.text("failure");

  /** Why it was given up. */
  public static final ProcessVariable<String> ABANDON_REASON =
      ProcessVariable.text("abandonReason");

  private ProjectVariables() {}
}
