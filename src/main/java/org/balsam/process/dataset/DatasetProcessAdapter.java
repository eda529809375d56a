package org.balsam.process.dataset;

import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Period;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.dataset.DatasetProcess;
import org.balsam.usecase.dataset.FindDueTrainings;
import org.balsam.usecase.model.RetrainOnData;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Wakes the rounds that wait for data, and starts the trainings that data complete. */
@Component
class DatasetProcessAdapter implements DatasetProcess {

  static final String DATA_ARRIVED = "balsam.dataArrived";

  private final RuntimeService runtime;
  private final EngineAccess engine;
  private final FindDueTrainings findDueTrainings;
  private final RetrainOnData retrainOnData;

  DatasetProcessAdapter(
      RuntimeService runtime,
      EngineAccess engine,
      FindDueTrainings findDueTrainings,
      RetrainOnData retrainOnData) {
    this.runtime = runtime;
    this.engine = engine;
    this.findDueTrainings = findDueTrainings;
    this.retrainOnData = retrainOnData;
  }

  @Override
  public void dataArrived(DatasetId dataset, Period period) {
    engine.asSystem(
        () ->
            runtime
                .createMessageCorrelation(DATA_ARRIVED)
                .tenantId(dataset.project().value())
                .correlateAllWithResult());
    findDueTrainings
        .handle(new FindDueTrainings.Command(dataset, period))
        .due()
        .forEach(
            due ->
                retrainOnData.handle(
                    new RetrainOnData.Command(dataset.project(), due.model(), due.period())));
  }
}
