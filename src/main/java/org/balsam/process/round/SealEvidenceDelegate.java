package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.SealEvidence;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Packs and locks the evidence of the round. */
@Component
class SealEvidenceDelegate extends UseCaseDelegate {

  private final SealEvidence sealEvidence;

  SealEvidenceDelegate(SealEvidence sealEvidence) {
    this.sealEvidence = sealEvidence;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    sealEvidence.handle(new SealEvidence.Command(round(execution)));
  }
}
