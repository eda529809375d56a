package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.MISSING;
import static org.balsam.process.lab.ExplorationVariables.NEW_END_DATE;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.AwaitOutcome;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Await outcome</i>. */
@Component
class AwaitOutcomeDelegate extends UseCaseDelegate {

  private final AwaitOutcome awaitOutcome;

  AwaitOutcomeDelegate(AwaitOutcome awaitOutcome) {
    this.awaitOutcome = awaitOutcome;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var awaited =
        awaitOutcome.handle(
            new AwaitOutcome.Command(exploration(execution), MISSING.find(execution).orElse("")));
    if (!awaited.transferRefused()) {
      MISSING.remove(execution);
    }
    NEW_END_DATE.remove(execution);
  }
}
