package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.CLASSIFICATION;
import static org.balsam.process.lab.ExplorationVariables.RESOURCE_APPROVAL;
import static org.balsam.process.lab.ExplorationVariables.RESOURCE_REASON;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.kernel.Classification;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.JudgeExploration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Judge request</i>. */
@Component
class JudgeExplorationDelegate extends UseCaseDelegate {

  private final JudgeExploration judgeExploration;

  JudgeExplorationDelegate(JudgeExploration judgeExploration) {
    this.judgeExploration = judgeExploration;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var judged =
        judgeExploration.handle(
            new JudgeExploration.Command(
                exploration(execution), Classification.parse(CLASSIFICATION.get(execution))));
    RESOURCE_APPROVAL.set(execution, judged.approval().value());
    RESOURCE_REASON.set(execution, text(judged.reason()));
  }
}
