package org.balsam.process.step;

import static org.balsam.process.step.RunStepVariables.JOB_ID;

import org.balsam.platform.compute.JobFinished;
import org.balsam.process.engine.EngineAccess;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hands the end of a job to the step that waits for it. A report that nobody waits for, yet or any
 * more, is dropped: the step asks the runtime every fifteen seconds.
 */
@Component
class JobFinishedCorrelation {

  private static final Logger LOG = LoggerFactory.getLogger(JobFinishedCorrelation.class);

  private final RuntimeService runtime;
  private final EngineAccess access;

  JobFinishedCorrelation(@Lazy RuntimeService runtime, EngineAccess access) {
    this.runtime = runtime;
    this.access = access;
  }

  @EventListener
  void on(JobFinished finished) {
    try {
      access.asSystem(
          () ->
              runtime
                  .createMessageCorrelation("balsam.jobFinished")
                  .processInstanceVariableEquals(JOB_ID.name(), finished.job().value())
                  .correlateAll());
    } catch (OptimisticLockingException overtaken) {
      LOG.debug("the step of {} already went on", finished.job());
    }
  }
}
