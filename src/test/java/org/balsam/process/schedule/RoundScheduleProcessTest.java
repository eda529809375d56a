package org.balsam.process.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.execute;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.job;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.model.StartTraining;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.schedule.ComputeNextStart;
import org.balsam.usecase.schedule.RecordStart;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.ScheduleProcess;
import org.balsam.usecase.schedule.ScheduleState;
import org.balsam.usecase.schedule.StartOutcome;
import org.balsam.usecase.schedule.TakeStart;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.camunda.bpm.engine.test.assertions.bpmn.ProcessInstanceAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
class RoundScheduleProcessTest {

  private static final ScheduleId SCHEDULE = ScheduleId.parse("emp-industry-quarterly");
  private static final Instant NEXT = Instant.parse("2027-01-15T06:00:00Z");

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired ScheduleProcess schedules;
  @MockitoBean ComputeNextStart computeNextStart;
  @MockitoBean TakeStart takeStart;
  @MockitoBean StartRound startRound;
  @MockitoBean StartTraining startTraining;
  @MockitoBean RecordStart recordStart;

  @BeforeEach
  void waitForTheNextStart() {
    AbstractAssertions.init(engine);
    next(ScheduleState.ACTIVE);
    when(takeStart.handle(any()))
        .thenReturn(new TakeStart.Result(Optional.of(new Period("2026-q4")), null));
    when(startRound.handle(any()))
        .thenReturn(new StartRound.Result(RoundId.parse("emp-industry-2026-q4-r0")));
    schedules.start(SCHEDULE);
    executeJob("serviceTask_computeNextStart");
  }

  @AfterEach
  void endTheInstance() {
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(left -> runtime.deleteProcessInstance(left.getId(), "end of test"));
  }

  @Test
  void waitsForTheNextStart() {
    assertInstance()
        .isWaitingAt("eventGateway_startAwaited")
        .variables()
        .containsEntry("nextStart", Date.from(NEXT));
    assertThat(timer().getDuedate()).isEqualTo(Date.from(NEXT));
    verifyNoInteractions(startRound);
  }

  @Test
  void startsTheRoundOnTheSchedulesBehalfAndWaitsAgain() {
    reachTheStart();
    executeJob("serviceTask_startRound");
    executeJob("serviceTask_recordStart");
    executeJob("serviceTask_computeNextStart");

    verify(startRound)
        .handle(
            new StartRound.Command(
                new ProjectId("emp-industry"),
                new Period("2026-q4"),
                null,
                Trigger.SCHEDULE,
                Actor.schedule("emp-industry-quarterly"),
                null));
    verify(recordStart).handle(recorded(StartOutcome.STARTED, null));
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  @Test
  void startsTheTrainingOfItsModelOnTheSchedulesBehalfAndWaitsAgain() {
    trainsAModel();
    reachTheStart();
    executeJob("serviceTask_startTraining");
    executeJob("serviceTask_recordStart");
    executeJob("serviceTask_computeNextStart");

    verify(startTraining)
        .handle(
            new StartTraining.Command(
                new ProjectId("emp-industry"),
                new ModelName("damage"),
                new Period("2026-q4"),
                Map.of(),
                null,
                TrainingTrigger.SCHEDULE,
                Actor.schedule("emp-industry-quarterly")));
    verify(recordStart).handle(recorded(StartOutcome.STARTED, null));
    verifyNoInteractions(startRound);
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  @Test
  void goesOnWhenThePeriodIsTrainedForAlready() {
    trainsAModel();
    doThrow(new Rejection(ErrorCode.ALREADY_EXISTS, "trained before"))
        .when(startTraining)
        .handle(any());
    reachTheStart();
    executeJob("serviceTask_startTraining");
    assertInstance().hasPassed("boundaryError_trainingExists");
    executeJob("serviceTask_recordStart");

    verify(recordStart).handle(recorded(StartOutcome.EXISTED, "trained before"));
  }

  @Test
  void goesOnAndKeepsTheReasonWhenTheTrainingIsRefused() {
    trainsAModel();
    doThrow(new Rejection(ErrorCode.WRONG_STATE, "no such model"))
        .when(startTraining)
        .handle(any());
    reachTheStart();
    executeJob("serviceTask_startTraining");
    assertInstance().hasPassed("boundaryError_trainingRefused");
    executeJob("serviceTask_recordStart");

    verify(recordStart).handle(recorded(StartOutcome.REFUSED, "no such model"));
    executeJob("serviceTask_computeNextStart");
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  private void trainsAModel() {
    when(takeStart.handle(any()))
        .thenReturn(
            new TakeStart.Result(Optional.of(new Period("2026-q4")), new ModelName("damage")));
  }

  @Test
  void goesOnWhenTheRoundExists() {
    doThrow(new Rejection(ErrorCode.ALREADY_EXISTS, "it exists")).when(startRound).handle(any());
    reachTheStart();
    executeJob("serviceTask_startRound");
    assertInstance().hasPassed("boundaryError_roundExists");
    executeJob("serviceTask_recordStart");

    verify(recordStart).handle(recorded(StartOutcome.EXISTED, "it exists"));
    executeJob("serviceTask_computeNextStart");
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  @Test
  void goesOnAndKeepsTheReasonWhenTheRoundIsRefused() {
    doThrow(new Rejection(ErrorCode.WRONG_STATE, "the project is not active"))
        .when(startRound)
        .handle(any());
    reachTheStart();
    executeJob("serviceTask_startRound");
    assertInstance().hasPassed("boundaryError_startRefused");
    executeJob("serviceTask_recordStart");

    verify(recordStart).handle(recorded(StartOutcome.REFUSED, "the project is not active"));
    executeJob("serviceTask_computeNextStart");
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  @Test
  void isAnIncidentWhenStartingFailsAndGoesOnWhenRetried() {
    doThrow(new ExternalFailure("forge", true, "down", null)).when(startRound).handle(any());
    reachTheStart();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> executeJob("serviceTask_startRound"))
          .hasStackTraceContaining("forge: down");
    }
    assertThat(runtime.createIncidentQuery().activityId("serviceTask_startRound").count())
        .isEqualTo(1);

    org.mockito.Mockito.reset(startRound);
    executeJob("serviceTask_startRound");
    assertInstance().isWaitingAt("serviceTask_recordStart");
  }

  @Test
  void startsNothingWhenTheStartIsSkipped() {
    when(takeStart.handle(any())).thenReturn(new TakeStart.Result(Optional.empty(), null));
    reachTheStart();
    executeJob("serviceTask_computeNextStart");

    assertInstance().isWaitingAt("eventGateway_startAwaited");
    verifyNoInteractions(startRound, recordStart);
  }

  @Test
  void pausesAndResumes() {
    next(ScheduleState.PAUSED);
    schedules.pause(SCHEDULE);
    executeJob("messageCatch_schedulePaused");
    executeJob("serviceTask_computeNextStart");
    assertInstance().isWaitingAt("eventGateway_resumptionAwaited");
    assertThat(
            engine
                .getManagementService()
                .createJobQuery()
                .processDefinitionKey("roundSchedule")
                .count())
        .isZero();

    next(ScheduleState.ACTIVE);
    schedules.resume(SCHEDULE);
    executeJob("messageCatch_scheduleResumed");
    executeJob("serviceTask_computeNextStart");
    assertInstance().isWaitingAt("eventGateway_startAwaited");
  }

  @Test
  void waitsForTheOtherStartAfterAChange() {
    var other = NEXT.plusSeconds(3600);
    when(computeNextStart.handle(any()))
        .thenReturn(new ComputeNextStart.Result(ScheduleState.ACTIVE, other));
    schedules.change(SCHEDULE);
    executeJob("messageCatch_scheduleChanged");
    executeJob("serviceTask_computeNextStart");
    assertThat(timer().getDuedate()).isEqualTo(Date.from(other));
  }

  @Test
  void endsFromWaiting() {
    next(ScheduleState.ENDED);
    var instance = instance();
    schedules.end(SCHEDULE);
    executeJob("messageCatch_scheduleEnded");
    executeJob("serviceTask_computeNextStart");
    asserted(instance).isEnded().hasPassed("endEvent_scheduleEnded", "messageCatch_scheduleEnded");
  }

  @Test
  void endsFromThePause() {
    next(ScheduleState.PAUSED);
    schedules.pause(SCHEDULE);
    executeJob("messageCatch_schedulePaused");
    executeJob("serviceTask_computeNextStart");
    next(ScheduleState.ENDED);
    var instance = instance();
    schedules.end(SCHEDULE);
    executeJob("messageCatch_pausedScheduleEnded");
    executeJob("serviceTask_computeNextStart");
    asserted(instance).isEnded().hasPassed("messageCatch_pausedScheduleEnded");
  }

  @Test
  void takesNoHarmFromAMessageThatItDoesNotWaitFor() {
    schedules.resume(SCHEDULE);
    reachTheStart();
    schedules.pause(SCHEDULE);
    assertInstance().isWaitingAt("serviceTask_startRound");
    verify(takeStart, times(1)).handle(any());
    verifyNoMoreInteractions(takeStart);
  }

  @Test
  void waitsOnceMoreAfterARedeployment() throws Exception {
    String changed;
    try (var model = getClass().getResourceAsStream("/processes/round-schedule.bpmn")) {
      changed =
          new String(model.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .replace("Compute next start", "Compute the next start");
    }
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("processes/round-schedule.bpmn", changed)
        .deploy();

    assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
    assertThat(engine.getManagementService().createJobQuery().timers().count()).isEqualTo(1);
    reachTheStart();
    executeJob("serviceTask_startRound");
    verify(startRound, times(1)).handle(any());
  }

  private void next(ScheduleState state) {
    when(computeNextStart.handle(any()))
        .thenReturn(
            new ComputeNextStart.Result(state, state == ScheduleState.ACTIVE ? NEXT : null));
  }

  private void reachTheStart() {
    execute(timer());
    executeJob("timerCatch_startReached");
    executeJob("serviceTask_takeStart");
  }

  private static RecordStart.Command recorded(StartOutcome outcome, String detail) {
    return new RecordStart.Command(SCHEDULE, new Period("2026-q4"), outcome, detail);
  }

  private Job timer() {
    return engine.getManagementService().createJobQuery().timers().singleResult();
  }

  private void executeJob(String activity) {
    execute(job(activity, instance()));
  }

  private ProcessInstance instance() {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(SCHEDULE.value())
        .singleResult();
  }

  private ProcessInstanceAssert assertInstance() {
    return asserted(instance());
  }

  private static ProcessInstanceAssert asserted(ProcessInstance instance) {
    return org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat(instance);
  }
}
