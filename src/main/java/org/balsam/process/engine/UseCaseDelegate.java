package org.balsam.process.engine;

import org.balsam.kernel.Rejection;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A service task's code: reads variables, calls one use case, writes references back. The one place
 * that turns a rejection into a BPMN error, whose code is the {@link org.balsam.kernel.ErrorCode}
 * constant; anything else fails the job, which the engine retries until it is an incident.
 */
public abstract class UseCaseDelegate implements JavaDelegate {

  private static final int LONGEST_TEXT = 4000;

  @Override
  public final void execute(DelegateExecution execution) throws Exception {
    try {
      perform(execution);
    } catch (Rejection rejection) {
      throw new BpmnError(rejection.code().name(), text(rejection.getMessage()), rejection);
    }
  }

  /** Calls the use case; rejections may pass. */
  protected abstract void perform(DelegateExecution execution) throws Exception;

  /** Makes text what a process variable holds: 4000 characters, no NUL. */
  public static String text(String text) {
    var storable = text.replace('\0', '\uFFFD');
    return storable.length() <= LONGEST_TEXT
        ? storable
        : storable.substring(0, LONGEST_TEXT - 1) + "…";
  }
}
