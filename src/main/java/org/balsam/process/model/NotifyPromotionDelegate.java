package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.NotifyPromotion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Tells that another version is in use. */
@Component
class NotifyPromotionDelegate extends UseCaseDelegate {

  private final NotifyPromotion notifyPromotion;

  NotifyPromotionDelegate(NotifyPromotion notifyPromotion) {
    this.notifyPromotion = notifyPromotion;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    notifyPromotion.handle(new NotifyPromotion.Command(training(execution)));
  }
}
