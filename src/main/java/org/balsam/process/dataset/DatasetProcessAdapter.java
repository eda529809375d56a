package org.balsam.process.dataset;

import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Period;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.dataset.DatasetProcess;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Wakes the rounds that wait for data. */
@Component
class DatasetProcessAdapter implements DatasetProcess {

  static final String DATA_ARRIVED = "balsam.dataArrived";

  private final RuntimeService runtime;
  private final EngineAccess engine;

  DatasetProcessAdapter(RuntimeService runtime, EngineAccess engine) {
    this.runtime = runtime;
    this.engine = engine;
  }

  @Override
  public void dataArrived(DatasetId dataset, Period period) {
    engine.asSystem(
        () ->
            runtime
                .createMessageCorrelation(DATA_ARRIVED)
                .tenantId(dataset.project().value())
                .correlateAllWithResult());
  }
}
