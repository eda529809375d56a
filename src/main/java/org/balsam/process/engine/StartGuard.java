package org.balsam.process.engine;

import org.balsam.kernel.ProjectId;

/** Says whether a process may begin. Asked in the transaction that starts it, on every route. */
public interface StartGuard {

  /**
   * Passes when an instance that nobody calls may begin.
   *
   * @param process the definition's key
   * @throws org.balsam.kernel.BalsamException when it may not
   */
  void starting(String process, ProjectId project);
}
