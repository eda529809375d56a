package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.FAILURE;
import static org.balsam.process.step.RunStepVariables.JOB_ID;
import static org.balsam.process.step.RunStepVariables.job;

import org.balsam.usecase.step.CancelJob;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Stops the job of a step that nobody waits for any more: its round was cancelled, or another step
 * of the same stage failed.
 */
@Component
class StopJobListener implements ExecutionListener {

  private final CancelJob cancelJob;

  StopJobListener(CancelJob cancelJob) {
    this.cancelJob = cancelJob;
  }

  @Override
  public void notify(DelegateExecution execution) {
    var hasEnded = FAILURE.find(execution).isPresent();
    if (execution.isCanceled() && !hasEnded && JOB_ID.find(execution).isPresent()) {
      cancelJob.handle(new CancelJob.Command(job(execution)));
    }
  }
}
