package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RUN;
import static org.balsam.process.model.MlTrainingVariables.SAME_ARTEFACT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CompareReproduction;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Compares the artefact with the one that came out again. */
@Component
class CompareReproductionDelegate extends UseCaseDelegate {

  private final CompareReproduction compareReproduction;

  CompareReproductionDelegate(CompareReproduction compareReproduction) {
    this.compareReproduction = compareReproduction;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        compareReproduction.handle(
            new CompareReproduction.Command(training(execution), RUN.get(execution)));
    SAME_ARTEFACT.set(execution, result.same());
  }
}
