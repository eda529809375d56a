package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.CHECK_SUMMARY;
import static org.balsam.process.round.StatisticalRoundVariables.EVIDENCE;
import static org.balsam.process.round.StatisticalRoundVariables.OUTPUT_FILES;
import static org.balsam.process.round.StatisticalRoundVariables.OUTPUT_SET;
import static org.balsam.process.round.StatisticalRoundVariables.RUN;
import static org.balsam.process.round.StatisticalRoundVariables.VERDICT;
import static org.balsam.process.round.StatisticalRoundVariables.WARNED;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.CheckQuality;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Checks the results of the run and fixes the evidence. */
@Component
class CheckQualityDelegate extends UseCaseDelegate {

  private final CheckQuality checkQuality;

  CheckQualityDelegate(CheckQuality checkQuality) {
    this.checkQuality = checkQuality;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        checkQuality.handle(new CheckQuality.Command(round(execution), RUN.get(execution)));
    VERDICT.set(execution, result.verdict());
    WARNED.set(execution, result.warned());
    CHECK_SUMMARY.set(execution, text(result.summary()));
    EVIDENCE.set(execution, result.evidence());
    OUTPUT_SET.set(execution, result.outputSet());
    OUTPUT_FILES.set(execution, text(result.outputFiles()));
  }
}
