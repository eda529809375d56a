package org.balsam.process.task;

import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Rejection;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;

/** Says in Balsam's words what the engine refused. */
final class EngineErrors {

  private EngineErrors() {}

  /** The exception to throw instead; the same one when it is nothing that a caller did. */
  static RuntimeException translate(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BalsamException known) {
        return known;
      }
      if (cause instanceof OptimisticLockingException
          || cause instanceof TaskAlreadyClaimedException) {
        return new Rejection(
            ErrorCode.TASK_GONE, "somebody else claimed or completed this task at the same moment");
      }
      if (cause instanceof AuthorizationException) {
        return new Forbidden("your roles do not allow this task");
      }
    }
    return failure;
  }
}
