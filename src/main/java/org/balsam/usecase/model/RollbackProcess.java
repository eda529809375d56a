package org.balsam.usecase.model;

/** The running process of a roll-back. Every call takes part in the caller's transaction. */
public interface RollbackProcess {

  /**
   * Starts the process of a requested roll-back.
   *
   * @param summary the request as those who decide read it
   */
  void start(RollbackId rollback, boolean emergency, String summary);
}
