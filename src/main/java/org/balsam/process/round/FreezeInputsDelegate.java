package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.COMMIT;
import static org.balsam.process.round.StatisticalRoundVariables.INPUT_CHANGES;
import static org.balsam.process.round.StatisticalRoundVariables.INPUT_SET;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.dataset.FreezeInputs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Freezes what the round reads. That inputs are missing is for the person who confirms to see. */
@Component
class FreezeInputsDelegate extends UseCaseDelegate {

  private final FreezeInputs freezeInputs;

  FreezeInputsDelegate(FreezeInputs freezeInputs) {
    this.freezeInputs = freezeInputs;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        freezeInputs.handle(new FreezeInputs.Command(round(execution), COMMIT.get(execution)));
    INPUT_SET.set(execution, result.inputSet().toString());
    INPUT_CHANGES.set(execution, text(result.changes()));
  }
}
