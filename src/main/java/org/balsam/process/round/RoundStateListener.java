package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.ElementProperties;
import org.balsam.usecase.round.EnterState;
import org.balsam.usecase.round.RoundState;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Notes the state that an element of the model stands for, its extension property {@code state}.
 */
@Component
class RoundStateListener implements ExecutionListener {

  private final EnterState enterState;

  RoundStateListener(EnterState enterState) {
    this.enterState = enterState;
  }

  @Override
  public void notify(DelegateExecution execution) {
    var state = new ElementProperties(execution).find("state").orElseThrow();
    enterState.handle(new EnterState.Command(round(execution), RoundState.parse(state)));
  }
}
