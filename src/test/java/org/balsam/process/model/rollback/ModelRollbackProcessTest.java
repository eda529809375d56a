package org.balsam.process.model.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.execute;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.job;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.balsam.process.engine.EngineAccess;
import org.balsam.testing.EngineDriver;
import org.balsam.usecase.model.CommitChampion;
import org.balsam.usecase.model.CompleteRollback;
import org.balsam.usecase.model.DecideRollback;
import org.balsam.usecase.model.DisputeRollback;
import org.balsam.usecase.model.FailRollback;
import org.balsam.usecase.model.NotifyRollback;
import org.balsam.usecase.model.RejectRollback;
import org.balsam.usecase.model.RemindDeciders;
import org.balsam.usecase.model.RestoreChampion;
import org.balsam.usecase.model.RollBackModel;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.model.RollbackProcess;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
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
class ModelRollbackProcessTest {

  private static final RollbackId ROLLBACK = RollbackId.parse("ml-strikes-rollback-a1b2c3");

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired EngineAccess access;
  @Autowired RollbackProcess process;
  @MockitoBean Directory directory;
  @MockitoBean DecideRollback decideRollback;
  @MockitoBean RejectRollback rejectRollback;
  @MockitoBean RollBackModel rollBackModel;
  @MockitoBean CommitChampion commitChampion;
  @MockitoBean NotifyRollback notifyRollback;
  @MockitoBean RemindDeciders remindDeciders;
  @MockitoBean DisputeRollback disputeRollback;
  @MockitoBean RestoreChampion restoreChampion;
  @MockitoBean CompleteRollback completeRollback;
  @MockitoBean FailRollback failRollback;

  private EngineDriver driver;

  @BeforeEach
  void knowPeople() {
    AbstractAssertions.init(engine);
    driver = new EngineDriver(engine);
    person("olivia", "owner");
    person("oscar", "owner");
    person("quinn", "quality");
  }

  @AfterEach
  void cleanUp() {
    driver.cleanUp();
  }

  @Test
  void anApprovedRollbackMovesTheAliasAndTellsPeople() {
    var instance = start("quinn", false);
    asserted(instance).isWaitingAt("userTask_approveRollback");
    assertThat(instance.getTenantId()).isEqualTo("ml-strikes");
    verifyNoInteractions(rollBackModel);
    decide("olivia", "rollbackDecision", "approve", null);
    driver.runJobs();

    var order = inOrder(rollBackModel, commitChampion, notifyRollback, completeRollback);
    order.verify(rollBackModel).handle(new RollBackModel.Command(ROLLBACK));
    order.verify(commitChampion).handle(new CommitChampion.Command(ROLLBACK));
    order.verify(notifyRollback).handle(new NotifyRollback.Command(ROLLBACK));
    order.verify(completeRollback).handle(new CompleteRollback.Command(ROLLBACK));
    verify(decideRollback).handle(new DecideRollback.Command(ROLLBACK, "approve", null, "olivia"));
    asserted(instance).isEnded().hasPassed("endEvent_rollbackCompleted");
  }

  @Test
  void aRejectedRollbackMovesNothing() {
    var instance = start("quinn", false);
    assertThatThrownBy(() -> decide("olivia", "rollbackDecision", "reject", null))
        .hasStackTraceContaining("a reason is needed");
    decide("olivia", "rollbackDecision", "reject", "the data were wrong, not the model");
    driver.runJobs();
    verify(rejectRollback).handle(new RejectRollback.Command(ROLLBACK));
    verifyNoInteractions(rollBackModel);
    asserted(instance).isEnded().hasPassed("endEvent_rollbackRejected");
  }

  @Test
  void whoAskedDoesNotApproveInWhateverRole() {
    start("olivia", false);
    assertThatThrownBy(() -> decide("olivia", "rollbackDecision", "approve", null))
        .hasStackTraceContaining("the same person started this process");
    assertThatThrownBy(() -> decide("quinn", "rollbackDecision", "approve", null))
        .hasStackTraceContaining("TASK_WORK");
    verifyNoInteractions(decideRollback);
    decide("oscar", "rollbackDecision", "approve", null);
  }

  @Test
  void anEmergencyMovesTheAliasFirstAndIsApprovedAfterwards() {
    var instance = start("olivia", true);
    asserted(instance).isWaitingAt("userTask_approveEmergency");
    verify(rollBackModel).handle(new RollBackModel.Command(ROLLBACK));
    verify(notifyRollback).handle(new NotifyRollback.Command(ROLLBACK));
    verify(completeRollback, never()).handle(any());
    assertThatThrownBy(() -> decide("olivia", "emergencyDecision", "approve", null))
        .hasStackTraceContaining("the same person started this process");
    decide("oscar", "emergencyDecision", "approve", null);
    driver.runJobs();
    verify(completeRollback).handle(new CompleteRollback.Command(ROLLBACK));
    asserted(instance).isEnded().hasNotPassed("userTask_approveRollback");
  }

  @Test
  void aRefusedEmergencyStaysInForceUntilQualityKeepsIt() {
    var instance = dispute();
    asserted(instance).isWaitingAt("userTask_decideOnDispute");
    verify(disputeRollback).handle(new DisputeRollback.Command(ROLLBACK));
    verifyNoInteractions(restoreChampion, completeRollback);
    decide("quinn", "disputeDecision", "keep", "the alarm was right");
    driver.runJobs();
    verifyNoInteractions(restoreChampion);
    verify(completeRollback).handle(new CompleteRollback.Command(ROLLBACK));
    asserted(instance).isEnded();
  }

  @Test
  void aRefusedEmergencyCanBeTakenBack() {
    var instance = dispute();
    decide("quinn", "disputeDecision", "restore", "it was a false alarm");
    driver.runJobs();
    verify(restoreChampion).handle(new RestoreChampion.Command(ROLLBACK));
    verify(commitChampion, times(2)).handle(new CommitChampion.Command(ROLLBACK));
    verify(notifyRollback, times(2)).handle(new NotifyRollback.Command(ROLLBACK));
    verify(rollBackModel, times(1)).handle(any());
    verify(completeRollback).handle(new CompleteRollback.Command(ROLLBACK));
    asserted(instance).isEnded().hasPassed("endEvent_rollbackCompleted");
  }

  @Test
  void whoRefusedAnEmergencyDoesNotDecideOnTheDispute() {
    person("oscar", "owner", "quality");
    dispute();
    assertThatThrownBy(() -> decide("oscar", "disputeDecision", "restore", "again"))
        .hasStackTraceContaining("completed 'Approve emergency roll-back'");
    assertThat(tasks.createTaskQuery().taskDefinitionKey("userTask_decideOnDispute").count())
        .isEqualTo(1);
  }

  @Test
  void aMoveThatTheFactsForbidIsKeptAsFailed() {
    doThrow(new Rejection(ErrorCode.CHAMPION_CHANGED, "the champion is damage@1.0.2"))
        .when(rollBackModel)
        .handle(any());
    var instance = start("quinn", false);
    decide("olivia", "rollbackDecision", "approve", null);
    driver.runJobs();
    verify(failRollback).handle(new FailRollback.Command(ROLLBACK, "the champion is damage@1.0.2"));
    verifyNoInteractions(commitChampion, completeRollback);
    asserted(instance).isEnded().hasPassed("endEvent_rollbackFailed");
  }

  @Test
  void restoringThatTheFactsForbidIsKeptAsFailed() {
    doThrow(new Rejection(ErrorCode.ARTEFACT_CHANGED, "model.onnx was changed"))
        .when(restoreChampion)
        .handle(any());
    var instance = dispute();
    decide("quinn", "disputeDecision", "restore", "it was a false alarm");
    driver.runJobs();
    verify(failRollback).handle(new FailRollback.Command(ROLLBACK, "model.onnx was changed"));
    asserted(instance).isEnded().hasPassed("endEvent_rollbackFailed");
  }

  @Test
  void isAnIncidentWhenTheForgeIsDownAndGoesOnWhenRetried() {
    doThrow(new ExternalFailure("forge", true, "down", null)).when(commitChampion).handle(any());
    var instance = start("quinn", false);
    decide("olivia", "rollbackDecision", "approve", null);
    driver.runJobsUntilIncident();
    assertThat(driver.incidents()).containsExactly("serviceTask_commitChampion");
    doNothing().when(commitChampion).handle(any());
    driver.retry();
    verify(rollBackModel, times(1)).handle(any());
    asserted(instance).isEnded();
  }

  @Test
  void overdueDecisionsAreReminded() {
    start("olivia", false);
    driver.fire("boundaryTimer_approveRollbackOverdue");
    verify(remindDeciders).handle(new RemindDeciders.Command(ROLLBACK));
    driver.cleanUp();

    start("olivia", true);
    driver.fire("boundaryTimer_approveEmergencyOverdue");
    verify(remindDeciders, times(2)).handle(any());
    decide("oscar", "emergencyDecision", "refuse", "no alarm");
    driver.runJobs();
    driver.fire("boundaryTimer_decideOnDisputeOverdue");
    verify(remindDeciders, times(3)).handle(any());
    assertThat(tasks.createTaskQuery().taskDefinitionKey("userTask_decideOnDispute").count())
        .isEqualTo(1);
  }

  private ProcessInstance dispute() {
    var instance = start("olivia", true);
    decide("oscar", "emergencyDecision", "refuse", "the alarm was a test");
    driver.runJobs();
    return instance;
  }

  private ProcessInstance start(String person, boolean emergency) {
    CallContext.of(Actor.user(person, Set.of()))
        .run(() -> process.start(ROLLBACK, emergency, "damage@1.0.1 back to damage@1.0.0"));
    var instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(ROLLBACK.value())
            .singleResult();
    driver.runJobs();
    return instance;
  }

  private void decide(String person, String variable, String decision, String reason) {
    var task = driver.task();
    var form =
        reason == null
            ? Map.<String, Object>of(variable, decision)
            : Map.<String, Object>of(
                variable, decision, variable.replace("Decision", "Reason"), reason);
    var actor = Actor.user(person, directory.groupsOf(person));
    access.as(
        actor,
        () -> {
          tasks.complete(task.getId(), form);
        });
    execute(
        job(
            runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(ROLLBACK.value())
                .singleResult()));
  }

  private void person(String id, String... roles) {
    when(directory.groupsOf(id))
        .thenReturn(
            java.util.stream.Stream.of(roles)
                .map(role -> "ml-strikes/" + role)
                .collect(java.util.stream.Collectors.toSet()));
  }

  private static ProcessInstanceAssert asserted(ProcessInstance instance) {
    return org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat(instance);
  }
}
