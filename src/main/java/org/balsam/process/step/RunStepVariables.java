package org.balsam.process.step;

import java.util.Date;
import org.balsam.kernel.JobId;
import org.balsam.process.engine.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables of {@code run-step.bpmn}. Which round or training it is says the business key. */
final class RunStepVariables {

  /** Counts the runs of the work from 1; given by the caller. */
  static final ProcessVariable<Long> RUN = new ProcessVariable<>("run", Long.class);

  /** Counts from 0; given by the caller. */
  static final ProcessVariable<Long> STAGE = new ProcessVariable<>("stage", Long.class);

  /** Counts from 0 inside the stage; given by the caller. */
  static final ProcessVariable<Long> STEP = new ProcessVariable<>("step", Long.class);

  /** The job; what its end is correlated by. */
  static final ProcessVariable<String> JOB_ID = ProcessVariable.text("jobId");

  /** When to stop waiting. */
  static final ProcessVariable<Date> TIME_LIMIT_AT =
      new ProcessVariable<>("timeLimitAt", Date.class);

  /** What the runtime answered when it was asked. */
  static final ProcessVariable<Boolean> JOB_ENDED =
      new ProcessVariable<>("jobEnded", Boolean.class);

  /** For people: why the step failed; goes to the caller with the error. */
  static final ProcessVariable<String> FAILURE = ProcessVariable.text("failure");

  private RunStepVariables() {}

  /** The step's job. */
  static JobId job(DelegateExecution execution) {
    return new JobId(JOB_ID.get(execution));
  }
}
