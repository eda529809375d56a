package org.balsam.process.gate;

import org.balsam.kernel.ExternalFailure;
import org.balsam.process.engine.EngineAccess;
import org.balsam.standard.gate.ProductType;
import org.balsam.standard.promotion.PromotionCheck;
import org.balsam.standard.promotion.PromotionTable;
import org.balsam.standard.promotion.PromotionVerdict;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** The newest deployed version of the decision table {@code promotionGate}. */
@Component
class DmnPromotionTable implements PromotionTable {

  private static final String DECISION = "promotionGate";

  private final DecisionService decisions;
  private final EngineAccess engine;

  DmnPromotionTable(DecisionService decisions, EngineAccess engine) {
    this.decisions = decisions;
    this.engine = engine;
  }

  @Override
  public PromotionVerdict judge(PromotionCheck check, ProductType productType) {
    var row = engine.asSystem(() -> evaluate(check, productType)).getSingleResult();
    if (row == null) {
      throw new ExternalFailure(
          DECISION, false, "no rule of the decision table matches " + check, null);
    }
    return PromotionVerdict.parse(row.<String>getEntry("verdict"));
  }

  private DmnDecisionResult evaluate(PromotionCheck check, ProductType productType) {
    try {
      return decisions
          .evaluateDecisionByKey(DECISION)
          .variables(
              Variables.putValue("check", check.id())
                  .putValue("finding", check.finding().value())
                  .putValue("productType", productType.value()))
          .evaluate();
    } catch (ProcessEngineException failure) {
      throw new ExternalFailure(DECISION, false, "the decision table cannot be evaluated", failure);
    }
  }
}
