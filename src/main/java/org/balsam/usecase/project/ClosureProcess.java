package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;

/** The running process that closes a project. Every call takes part in the caller's transaction. */
public interface ClosureProcess {

  /**
   * Starts it.
   *
   * @param summary the request as its approver reads it
   */
  void start(ProjectId project, String summary);

  /**
   * Makes the process give back what it has taken and end.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when none of the project is running
   */
  void giveUp(ProjectId project, String reason);
}
