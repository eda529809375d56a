package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.EVIDENCE;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.VerifyPromotion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Verifies that what was approved is what will be promoted. */
@Component
class VerifyPromotionDelegate extends UseCaseDelegate {

  private final VerifyPromotion verifyPromotion;

  VerifyPromotionDelegate(VerifyPromotion verifyPromotion) {
    this.verifyPromotion = verifyPromotion;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    verifyPromotion.handle(
        new VerifyPromotion.Command(training(execution), EVIDENCE.get(execution)));
  }
}
