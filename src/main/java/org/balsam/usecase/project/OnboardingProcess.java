package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;

/** The running process that makes a project. Every call takes part in the caller's transaction. */
public interface OnboardingProcess {

  /**
   * Starts the process of a requested project.
   *
   * @param summary the request as its approver reads it
   */
  void start(ProjectId project, String summary);

  /**
   * Makes the process undo what it has done and end.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when no process of the project is running
   */
  void giveUp(ProjectId project, String reason);
}
