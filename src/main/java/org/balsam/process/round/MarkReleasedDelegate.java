package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.RELEASE_SET;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.MarkReleased;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Marks the round's figures as released. */
@Component
class MarkReleasedDelegate extends UseCaseDelegate {

  private final MarkReleased markReleased;

  MarkReleasedDelegate(MarkReleased markReleased) {
    this.markReleased = markReleased;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    markReleased.handle(new MarkReleased.Command(round(execution), RELEASE_SET.get(execution)));
  }
}
