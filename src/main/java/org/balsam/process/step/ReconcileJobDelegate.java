package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.JOB_ENDED;
import static org.balsam.process.step.RunStepVariables.job;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.step.ReconcileJob;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Asks the runtime what has become of the job. */
@Component
class ReconcileJobDelegate extends UseCaseDelegate {

  private final ReconcileJob reconcileJob;

  ReconcileJobDelegate(ReconcileJob reconcileJob) {
    this.reconcileJob = reconcileJob;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = reconcileJob.handle(new ReconcileJob.Command(job(execution)));
    JOB_ENDED.set(execution, result.ended());
  }
}
