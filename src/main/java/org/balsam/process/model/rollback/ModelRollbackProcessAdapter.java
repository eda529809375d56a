package org.balsam.process.model.rollback;

import java.util.Map;
import org.balsam.process.engine.EngineAccess;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.model.RollbackProcess;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Starts the instances of {@code modelRollback}. */
@Component
class ModelRollbackProcessAdapter implements RollbackProcess {

  private final EngineAccess engine;
  private final RuntimeService runtime;

  ModelRollbackProcessAdapter(EngineAccess engine, RuntimeService runtime) {
    this.engine = engine;
    this.runtime = runtime;
  }

  @Override
  public void start(RollbackId rollback, boolean emergency, String summary) {
    Map<String, Object> variables =
        Map.of(
            ModelRollbackVariables.PROJECT.name(),
            rollback.project().value(),
            ModelRollbackVariables.ROLLBACK_SUMMARY.name(),
            UseCaseDelegate.text(summary),
            ModelRollbackVariables.EMERGENCY.name(),
            emergency,
            ModelRollbackVariables.APPROVAL_OPEN.name(),
            emergency);
    engine.asSystem(
        () -> {
          runtime.startProcessInstanceByKey("modelRollback", rollback.value(), variables);
        });
  }
}
