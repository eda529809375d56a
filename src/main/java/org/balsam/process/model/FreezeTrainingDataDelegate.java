package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.COMMIT;
import static org.balsam.process.model.MlTrainingVariables.INPUT_SET;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.dataset.FreezeTrainingData;
import org.balsam.usecase.model.Trainings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Freezes what the training reads. */
@Component
class FreezeTrainingDataDelegate extends UseCaseDelegate {

  private final FreezeTrainingData freezeTrainingData;
  private final Trainings trainings;

  FreezeTrainingDataDelegate(FreezeTrainingData freezeTrainingData, Trainings trainings) {
    this.freezeTrainingData = freezeTrainingData;
    this.trainings = trainings;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var id = training(execution);
    var training = trainings.get(id);
    var result =
        freezeTrainingData.handle(
            new FreezeTrainingData.Command(
                id, training.model(), training.period(), COMMIT.get(execution)));
    INPUT_SET.set(execution, result.inputSet().toString());
  }
}
