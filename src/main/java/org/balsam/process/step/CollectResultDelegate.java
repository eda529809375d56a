package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.job;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.step.CollectResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Takes over the ended job's result. */
@Component
class CollectResultDelegate extends UseCaseDelegate {

  private final CollectResult collectResult;

  CollectResultDelegate(CollectResult collectResult) {
    this.collectResult = collectResult;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    collectResult.handle(new CollectResult.Command(job(execution)));
  }
}
