package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.CANDIDATE;
import static org.balsam.process.model.MlTrainingVariables.REPRODUCTION_ASKED;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RegisterCandidate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Registers what the training made. */
@Component
class RegisterCandidateDelegate extends UseCaseDelegate {

  private final RegisterCandidate registerCandidate;

  RegisterCandidateDelegate(RegisterCandidate registerCandidate) {
    this.registerCandidate = registerCandidate;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = registerCandidate.handle(new RegisterCandidate.Command(training(execution)));
    CANDIDATE.set(execution, result.candidate());
    REPRODUCTION_ASKED.set(execution, result.reproductionAsked());
  }
}
