package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.EvaluateCandidate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Computes every figure on candidate and champion. */
@Component
class EvaluateCandidateDelegate extends UseCaseDelegate {

  private final EvaluateCandidate evaluateCandidate;

  EvaluateCandidateDelegate(EvaluateCandidate evaluateCandidate) {
    this.evaluateCandidate = evaluateCandidate;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    evaluateCandidate.handle(
        new EvaluateCandidate.Command(training(execution), RUN.get(execution)));
  }
}
