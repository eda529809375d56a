package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.EVIDENCE;
import static org.balsam.process.model.MlTrainingVariables.FAILURE;
import static org.balsam.process.model.MlTrainingVariables.GATE_SUMMARY;
import static org.balsam.process.model.MlTrainingVariables.LINEAGE;
import static org.balsam.process.model.MlTrainingVariables.MODEL_CARD;
import static org.balsam.process.model.MlTrainingVariables.VERDICT;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CheckPromotion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Makes the nine checks and fixes the evidence. */
@Component
class CheckPromotionDelegate extends UseCaseDelegate {

  private final CheckPromotion checkPromotion;

  CheckPromotionDelegate(CheckPromotion checkPromotion) {
    this.checkPromotion = checkPromotion;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result = checkPromotion.handle(new CheckPromotion.Command(training(execution)));
    VERDICT.set(execution, result.verdict());
    GATE_SUMMARY.set(execution, text(result.gateSummary()));
    LINEAGE.set(execution, text(result.lineage()));
    MODEL_CARD.set(execution, text(result.card()));
    EVIDENCE.set(execution, result.evidence());
    FAILURE.set(execution, null);
  }
}
