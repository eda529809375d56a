package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.job;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.step.CancelJob;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Stops the job at its time limit. */
@Component
class CancelJobDelegate extends UseCaseDelegate {

  private final CancelJob cancelJob;

  CancelJobDelegate(CancelJob cancelJob) {
    this.cancelJob = cancelJob;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    cancelJob.handle(new CancelJob.Command(job(execution)));
  }
}
