package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.NotifyRelease;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Tells the people of the project that the round is released. */
@Component
class NotifyReleaseDelegate extends UseCaseDelegate {

  private final NotifyRelease notifyRelease;

  NotifyReleaseDelegate(NotifyRelease notifyRelease) {
    this.notifyRelease = notifyRelease;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    notifyRelease.handle(new NotifyRelease.Command(round(execution)));
  }
}
