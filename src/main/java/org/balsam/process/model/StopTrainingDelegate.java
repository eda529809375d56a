package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.FAILURE;
import static org.balsam.process.model.MlTrainingVariables.FAILURE_REASON;
import static org.balsam.process.model.MlTrainingVariables.PRODUCTION_REASON;
import static org.balsam.process.model.MlTrainingVariables.REFUSAL_REASON;
import static org.balsam.process.model.MlTrainingVariables.RESOURCE_REASON;
import static org.balsam.process.model.MlTrainingVariables.RESOURCE_REQUEST;
import static org.balsam.process.model.MlTrainingVariables.REVIEW_REASON;
import static org.balsam.process.model.MlTrainingVariables.training;

import java.util.Optional;
import java.util.stream.Stream;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.StopTraining;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Ends the training for the reason of whoever decided so last. */
@Component
class StopTrainingDelegate extends UseCaseDelegate {

  private final StopTraining stopTraining;

  StopTrainingDelegate(StopTraining stopTraining) {
    this.stopTraining = stopTraining;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    stopTraining.handle(new StopTraining.Command(training(execution), reason(execution)));
  }

  private static String reason(DelegateExecution execution) {
    return Stream.of(
            PRODUCTION_REASON, REVIEW_REASON, REFUSAL_REASON, FAILURE_REASON, RESOURCE_REASON)
        .map(variable -> variable.find(execution))
        .flatMap(Optional::stream)
        .filter(text -> !text.isBlank())
        .findFirst()
        .or(() -> FAILURE.find(execution))
        .orElseGet(() -> RESOURCE_REQUEST.get(execution));
  }
}
