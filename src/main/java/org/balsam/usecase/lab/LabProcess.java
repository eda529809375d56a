package org.balsam.usecase.lab;

import org.balsam.kernel.ExplorationId;

/**
 * The running process of an exploration. Every call takes part in the caller's transaction; a
 * process that is not there, or not waiting for the call, is a {@link org.balsam.kernel.Rejection}
 * WRONG_STATE.
 */
public interface LabProcess {

  /**
   * Starts the process of a requested exploration.
   *
   * @param summary the request as its approver reads it
   * @param datasets the versions that it may read, joined by comma
   */
  void start(ExplorationId exploration, String summary, String datasets);

  /** The end date was changed. */
  void renewed(ExplorationId exploration);

  /** Its workspace is to be suspended. */
  void suspend(ExplorationId exploration, String reason);

  /** Its workspace is to be resumed. */
  void resume(ExplorationId exploration);

  /** Its request was taken back. */
  void withdraw(ExplorationId exploration);

  /** Its time is over now. */
  void end(ExplorationId exploration);
}
