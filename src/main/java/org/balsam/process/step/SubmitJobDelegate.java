package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.JOB_ID;
import static org.balsam.process.step.RunStepVariables.RUN;
import static org.balsam.process.step.RunStepVariables.STAGE;
import static org.balsam.process.step.RunStepVariables.STEP;
import static org.balsam.process.step.RunStepVariables.TIME_LIMIT_AT;

import java.util.Date;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.step.SubmitJob;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Hands the step to the job runtime. */
@Component
class SubmitJobDelegate extends UseCaseDelegate {

  private final SubmitJob submitJob;

  SubmitJobDelegate(SubmitJob submitJob) {
    this.submitJob = submitJob;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        submitJob.handle(
            new SubmitJob.Command(
                execution.getProcessBusinessKey(),
                RUN.get(execution),
                STAGE.get(execution),
                STEP.get(execution)));
    JOB_ID.set(execution, result.job().value());
    TIME_LIMIT_AT.set(execution, Date.from(result.timeLimitAt()));
  }
}
