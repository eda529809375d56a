package org.balsam.process.gate;

import org.balsam.kernel.ExternalFailure;
import org.balsam.process.engine.EngineAccess;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.GateTable;
import org.balsam.standard.gate.ProductType;
import org.balsam.standard.gate.Severity;
import org.balsam.standard.gate.Verdict;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** The newest deployed version of the decision table {@code qualityGate}. */
@Component
class DmnGateTable implements GateTable {

  private static final String DECISION = "qualityGate";

  private final DecisionService decisions;
  private final EngineAccess engine;

  DmnGateTable(DecisionService decisions, EngineAccess engine) {
    this.decisions = decisions;
    this.engine = engine;
  }

  @Override
  public Decision decide(CheckResult result, ProductType productType) {
    var row = engine.asSystem(() -> evaluate(result, productType)).getSingleResult();
    if (row == null) {
      throw new ExternalFailure(
          DECISION, false, "no rule of the decision table matches " + result, null);
    }
    return new Decision(
        Severity.parse(row.<String>getEntry("severity")),
        Verdict.parse(row.<String>getEntry("verdict")));
  }

  private DmnDecisionResult evaluate(CheckResult result, ProductType productType) {
    try {
      return decisions
          .evaluateDecisionByKey(DECISION)
          .variables(
              Variables.putValue("productType", productType.value())
                  .putValue("checkType", result.type())
                  .putValue("declaredSeverity", result.severity().value())
                  .putValue("exceeded", result.exceeded()))
          .evaluate();
    } catch (ProcessEngineException failure) {
      throw new ExternalFailure(DECISION, false, "the decision table cannot be evaluated", failure);
    }
  }
}
