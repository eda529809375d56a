package org.balsam.process.engine;

import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Hands messages to the one process instance that waits for them, with the rights of Balsam. */
@Component
public class MessageCorrelation {

  private final RuntimeService runtime;
  private final EngineAccess access;

  MessageCorrelation(@Lazy RuntimeService runtime, EngineAccess access) {
    this.runtime = runtime;
    this.access = access;
  }

  /**
   * Hands it over.
   *
   * @param subject what the instance is about, for people: {@code round emp-industry-2008-q4-r0}
   * @param key the instance's business key
   * @throws Rejection WRONG_STATE when nothing waits for the message, or the instance takes a step
   *     at this very moment
   */
  public void send(String message, String subject, String key, Map<String, Object> variables) {
    try {
      access.asSystem(() -> correlate(message, subject, key, variables));
    } catch (OptimisticLockingException wentOnMeanwhile) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, subject + " went on at this very moment; try again");
    }
  }

  private void correlate(
      String message, String subject, String key, Map<String, Object> variables) {
    // asked first: a failed correlation would mark the caller's transaction for rollback
    var waiting =
        runtime
            .createExecutionQuery()
            .messageEventSubscriptionName(message)
            .processInstanceBusinessKey(key)
            .count();
    if (waiting == 0) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          subject
              + " cannot do this now: it is at another step, or did it already; look where it stands,"
              + " and try again if it is needed still");
    }
    runtime
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(key)
        .setVariables(variables)
        .correlate();
  }
}
