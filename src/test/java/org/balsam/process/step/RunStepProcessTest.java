package org.balsam.process.step;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobFinished;
import org.balsam.process.round.RoundUseCases;
import org.balsam.testing.EngineDriver;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.step.SubmitJob;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
@RoundUseCases
class RunStepProcessTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Instant TIME_LIMIT = Instant.parse("2040-01-01T00:00:00Z");

  @Autowired ApplicationContext context;
  @Autowired ProcessEngine engine;
  @Autowired SubmitJob submitJob;
  @Autowired ReconcileJob reconcileJob;
  @Autowired CancelJob cancelJob;
  @Autowired CollectResult collectResult;

  private final RoundId round =
      RoundId.parse("emp-industry-" + (1900 + COUNT.getAndIncrement()) + "-r1");
  private final JobId job = JobId.ofStep(round, "5.7", "totals", "3/1/2");
  private EngineDriver driver;

  @BeforeEach
  void answer() {
    AbstractAssertions.init(engine);
    driver = new EngineDriver(engine);
    when(submitJob.handle(any())).thenReturn(new SubmitJob.Result(job, TIME_LIMIT));
  }

  @AfterEach
  void clear() {
    driver.cleanUp();
    AbstractAssertions.reset();
  }

  @Test
  void collectsTheResultWhenTheJobReportsItsEnd() {
    var step = start();
    assertThat(step)
        .isWaitingAt("eventGateway_jobAwaited")
        .hasVariables("run", "stage", "step", "jobId", "timeLimitAt");
    report(job);

    assertThat(step)
        .isEnded()
        .hasPassedInOrder(
            "serviceTask_submitJob",
            "messageCatch_jobFinished",
            "serviceTask_collectResult",
            "endEvent_stepCompleted");
    verify(submitJob).handle(new SubmitJob.Command(round.value(), 3, 1, 2));
    verify(collectResult).handle(new CollectResult.Command(job));
    verifyNoInteractions(cancelJob, reconcileJob);
  }

  @Test
  void ignoresReportsOfOtherJobsAndRepeatedOnes() {
    context.publishEvent(new JobFinished(job));
    var step = start();
    report(JobId.ofStep(round, "5.7", "totals", "3/1/1"));
    assertThat(step).isWaitingAt("eventGateway_jobAwaited");
    report(job);
    report(job);

    assertThat(step).isEnded();
    verify(collectResult, times(1)).handle(any());
  }

  @Test
  void asksEveryFifteenSecondsWhetherALostReportWasMissed() {
    var step = start();
    var asked = Instant.now().plusSeconds(15);
    Assertions.assertThat(driver.timer("timerCatch_reconciliationDue").getDuedate())
        .isCloseTo(Date.from(asked), 10_000L);
    when(reconcileJob.handle(new ReconcileJob.Command(job)))
        .thenReturn(new ReconcileJob.Result(false), new ReconcileJob.Result(true));
    driver.fire("timerCatch_reconciliationDue");
    assertThat(step)
        .isWaitingAt("eventGateway_jobAwaited")
        .hasNotPassed("serviceTask_collectResult");
    driver.fire("timerCatch_reconciliationDue");

    assertThat(step).isEnded().hasPassed("endEvent_stepCompleted");
    verify(reconcileJob, times(2)).handle(any());
    verify(collectResult).handle(new CollectResult.Command(job));
  }

  @Test
  void stopsTheJobAtItsTimeLimit() {
    var step = start();
    Assertions.assertThat(driver.timer("timerCatch_timeLimitReached").getDuedate())
        .isEqualTo(Date.from(TIME_LIMIT));
    driver.fire("timerCatch_timeLimitReached");

    assertThat(step)
        .isEnded()
        .hasPassedInOrder("serviceTask_cancelJob", "serviceTask_collectResult");
    verify(cancelJob).handle(new CancelJob.Command(job));
  }

  @Test
  void keepsItsTimeLimitWhenItAsksInBetween() {
    when(reconcileJob.handle(any())).thenReturn(new ReconcileJob.Result(false));
    start();
    driver.fire("timerCatch_reconciliationDue");

    Assertions.assertThat(driver.timer("timerCatch_timeLimitReached").getDuedate())
        .isEqualTo(Date.from(TIME_LIMIT));
  }

  @Test
  void stopsTheJobWhenNobodyWaitsForItAnyMore() {
    var step = start();
    engine.getRuntimeService().deleteProcessInstance(step.getId(), "round cancelled");

    verify(cancelJob).handle(new CancelJob.Command(job));
  }

  @Test
  void hasNoJobToStopBeforeItIsSubmitted() {
    var step = startWithoutRunning();
    engine.getRuntimeService().deleteProcessInstance(step.getId(), "round cancelled");

    verify(cancelJob, never()).handle(any());
  }

  @Test
  void submitsAgainAfterOutsideTrouble() {
    when(submitJob.handle(any()))
        .thenThrow(trouble())
        .thenThrow(trouble())
        .thenThrow(trouble())
        .thenReturn(new SubmitJob.Result(job, TIME_LIMIT));
    var step = startWithoutRunning();
    driver.runJobsUntilIncident();
    Assertions.assertThat(driver.incidents()).containsExactly("serviceTask_submitJob");
    driver.retry();

    assertThat(step).isWaitingAt("eventGateway_jobAwaited");
    Assertions.assertThat(driver.incidents()).isEmpty();
  }

  @Test
  void asksAgainAfterOutsideTrouble() {
    when(reconcileJob.handle(any()))
        .thenThrow(trouble())
        .thenThrow(trouble())
        .thenThrow(trouble())
        .thenReturn(new ReconcileJob.Result(true));
    var step = start();
    driver.fireUntilIncident("timerCatch_reconciliationDue");
    Assertions.assertThat(driver.incidents()).containsExactly("serviceTask_reconcileJob");
    driver.retry();

    assertThat(step).isEnded();
  }

  @Test
  void cancelsAgainAfterOutsideTrouble() {
    doThrow(trouble(), trouble(), trouble()).doNothing().when(cancelJob).handle(any());
    var step = start();
    driver.fireUntilIncident("timerCatch_timeLimitReached");
    Assertions.assertThat(driver.incidents()).containsExactly("serviceTask_cancelJob");
    driver.retry();

    assertThat(step).isEnded();
  }

  @Test
  void collectsAgainAfterOutsideTrouble() {
    doThrow(trouble(), trouble(), trouble()).doNothing().when(collectResult).handle(any());
    var step = start();
    context.publishEvent(new JobFinished(job));
    driver.runJobsUntilIncident();
    Assertions.assertThat(driver.incidents()).containsExactly("serviceTask_collectResult");
    driver.retry();

    assertThat(step).isEnded();
  }

  @Test
  void aFailureThatNoCallerTakesIsAnIncidentAndNoSilentEnd() {
    doThrow(new Rejection(ErrorCode.STEP_FAILED, "exit code 3")).when(collectResult).handle(any());
    var step = start();
    context.publishEvent(new JobFinished(job));
    driver.runJobsUntilIncident();
    assertThat(step).isNotEnded();
    doNothing().when(collectResult).handle(any());
    driver.retry();

    assertThat(step).isEnded();
  }

  @Test
  void refusesToRunWithoutItsVariables() {
    engine.getRuntimeService().startProcessInstanceByKey("runStep", round.value());

    assertThatThrownBy(driver::runJobs).hasMessageContaining("'run' is not set");
    Assertions.assertThat(Duration.between(Instant.now(), TIME_LIMIT)).isPositive();
  }

  private ProcessInstance start() {
    var step = startWithoutRunning();
    driver.runJobs();
    return step;
  }

  private ProcessInstance startWithoutRunning() {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            "runStep", round.value(), Map.of("run", 3L, "stage", 1L, "step", 2L));
  }

  private void report(JobId finished) {
    context.publishEvent(new JobFinished(finished));
    driver.runJobs();
  }

  private static ExternalFailure trouble() {
    return new ExternalFailure("runtime", true, "is not reachable", null);
  }
}
