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

  /** A timer of the task has rebuilt the tree of executions since the engine read a part of it. */
  private static final String TREE_CHANGED = "ENGINE-03077";

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
      if (String.valueOf(cause.getMessage()).startsWith(TREE_CHANGED)) {
        return new Rejection(
            ErrorCode.TASK_GONE, "the process went on at the same moment; try again");
      }
      if (cause instanceof AuthorizationException) {
        return new Forbidden("your roles do not allow this task");
      }
    }
    return failure;
  }
}
