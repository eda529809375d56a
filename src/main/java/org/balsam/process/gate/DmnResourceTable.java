package org.balsam.process.gate;

import java.util.Locale;
import org.balsam.kernel.ExternalFailure;
import org.balsam.process.engine.EngineAccess;
import org.balsam.standard.gate.ResourceApproval;
import org.balsam.standard.gate.ResourceTable;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** The newest deployed version of the decision table {@code resourceApproval}. */
@Component
class DmnResourceTable implements ResourceTable {

  private static final String DECISION = "resourceApproval";

  private final DecisionService decisions;
  private final EngineAccess engine;

  DmnResourceTable(DecisionService decisions, EngineAccess engine) {
    this.decisions = decisions;
    this.engine = engine;
  }

  @Override
  public Decision decide(Request request) {
    var row = engine.asSystem(() -> evaluate(request)).getSingleResult();
    if (row == null) {
      throw new ExternalFailure(
          DECISION, false, "no rule of the decision table matches " + request, null);
    }
    return new Decision(
        ResourceApproval.parse(row.<String>getEntry("approval")), row.<String>getEntry("reason"));
  }

  private DmnDecisionResult evaluate(Request request) {
    try {
      return decisions
          .evaluateDecisionByKey(DECISION)
          .variables(
              Variables.putValue("hardwareProfile", request.hardware().value())
                  .putValue("networkClass", request.network().name().toLowerCase(Locale.ROOT))
                  .putValue("classification", request.classification().value())
                  .putValue("quota", word(request.withinQuota()))
                  .putValue("gpuQuota", word(request.withinGpuQuota())))
          .evaluate();
    } catch (ProcessEngineException failure) {
      throw new ExternalFailure(DECISION, false, "the decision table cannot be evaluated", failure);
    }
  }

  private static String word(boolean isWithin) {
    return isWithin ? "within" : "exceeded";
  }
}
