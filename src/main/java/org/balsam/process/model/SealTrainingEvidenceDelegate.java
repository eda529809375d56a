package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.SealTrainingEvidence;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Packs the evidence of the promotion. */
@Component
class SealTrainingEvidenceDelegate extends UseCaseDelegate {

  private final SealTrainingEvidence sealTrainingEvidence;

  SealTrainingEvidenceDelegate(SealTrainingEvidence sealTrainingEvidence) {
    this.sealTrainingEvidence = sealTrainingEvidence;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    sealTrainingEvidence.handle(new SealTrainingEvidence.Command(training(execution)));
  }
}
