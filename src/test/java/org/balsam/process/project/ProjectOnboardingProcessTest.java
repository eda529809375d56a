package org.balsam.process.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.execute;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.job;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.identity.Directory;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.AbandonProject;
import org.balsam.usecase.project.ActivateProject;
import org.balsam.usecase.project.CreateBuckets;
import org.balsam.usecase.project.CreateChannel;
import org.balsam.usecase.project.CreateGroups;
import org.balsam.usecase.project.CreateNamespace;
import org.balsam.usecase.project.CreateRepository;
import org.balsam.usecase.project.DecideProject;
import org.balsam.usecase.project.FailProject;
import org.balsam.usecase.project.OnboardingProcess;
import org.balsam.usecase.project.RejectProject;
import org.balsam.usecase.project.ReleaseIdentifiers;
import org.balsam.usecase.project.RemindApprovers;
import org.balsam.usecase.project.RemoveBuckets;
import org.balsam.usecase.project.RemoveChannel;
import org.balsam.usecase.project.RemoveGroups;
import org.balsam.usecase.project.RemoveNamespace;
import org.balsam.usecase.project.RemoveRepository;
import org.balsam.usecase.project.ReserveIdentifiers;
import org.balsam.usecase.project.WriteWelcomePage;
import org.camunda.bpm.engine.ManagementService;
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
class ProjectOnboardingProcessTest {

  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final Actor ADMINISTRATOR =
      Actor.user("admin", Set.of(Actor.PLATFORM_ADMINISTRATORS));
  private static final List<String> STEPS =
      List.of(
          "reserveIdentifiers",
          "createGroups",
          "createRepository",
          "createBuckets",
          "createNamespace",
          "createChannel",
          "writeWelcomePage",
          "activateProject");

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;
  @Autowired EngineAccess access;
  @Autowired OnboardingProcess onboarding;
  @MockitoBean Directory directory;
  @MockitoBean DecideProject decideProject;
  @MockitoBean RemindApprovers remindApprovers;
  @MockitoBean RejectProject rejectProject;
  @MockitoBean ReserveIdentifiers reserveIdentifiers;
  @MockitoBean CreateGroups createGroups;
  @MockitoBean CreateRepository createRepository;
  @MockitoBean CreateBuckets createBuckets;
  @MockitoBean CreateNamespace createNamespace;
  @MockitoBean CreateChannel createChannel;
  @MockitoBean WriteWelcomePage writeWelcomePage;
  @MockitoBean ActivateProject activateProject;
  @MockitoBean ReleaseIdentifiers releaseIdentifiers;
  @MockitoBean RemoveGroups removeGroups;
  @MockitoBean RemoveRepository removeRepository;
  @MockitoBean RemoveBuckets removeBuckets;
  @MockitoBean RemoveNamespace removeNamespace;
  @MockitoBean RemoveChannel removeChannel;
  @MockitoBean FailProject failProject;
  @MockitoBean AbandonProject abandonProject;

  @BeforeEach
  void requestAProject() {
    AbstractAssertions.init(engine);
    when(directory.groupsOf("admin")).thenReturn(ADMINISTRATOR.groups());
    onboarding.start(PROJECT, "Employment by industry (emp-industry)");
  }

  @AfterEach
  void endTheInstance() {
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(left -> runtime.deleteProcessInstance(left.getId(), "end of test"));
  }

  @Test
  void waitsForAnAdministrator() {
    assertInstance().isWaitingAt("userTask_approveProject");
    var task = tasks.createTaskQuery().taskCandidateGroup("platform/administrator").singleResult();
    assertThat(task.getDueDate()).isNotNull();
    assertThat(instance().getBusinessKey()).isEqualTo("emp-industry");
  }

  @Test
  void isSeenByAdministratorsAndNotByMembersOfOtherProjects() {
    assertThat(instance().getTenantId()).isEqualTo("emp-industry");
    access.as(
        ADMINISTRATOR,
        () -> {
          assertThat(tasks.createTaskQuery().count()).isEqualTo(1);
          assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
        });
    access.as(
        Actor.user("lena", Set.of("lfs/owner")),
        () -> {
          assertThat(tasks.createTaskQuery().count()).isZero();
          assertThat(runtime.createProcessInstanceQuery().count()).isZero();
        });
  }

  @Test
  void makesEverythingInOrderOnceApproved() {
    var instance = instance();
    approve();
    STEPS.forEach(this::executeStep);

    verify(decideProject).handle(new DecideProject.Command(PROJECT, true, null, "admin"));
    var order = inOrder(reserveIdentifiers, createGroups, createRepository, activateProject);
    order.verify(reserveIdentifiers).handle(new ReserveIdentifiers.Command(PROJECT));
    order.verify(createGroups).handle(new CreateGroups.Command(PROJECT));
    order.verify(createRepository).handle(new CreateRepository.Command(PROJECT));
    order.verify(activateProject).handle(new ActivateProject.Command(PROJECT));
    asserted(instance).isEnded().hasPassed("endEvent_projectActivated");
    verifyNoInteractions(failProject, removeGroups, releaseIdentifiers);
  }

  @Test
  void keepsTheReasonOfARejection() {
    var instance = instance();
    decide(Map.of("approvalDecision", "reject", "approvalReason", "no owner yet"));
    executeStep("rejectProject");

    verify(decideProject)
        .handle(new DecideProject.Command(PROJECT, false, "no owner yet", "admin"));
    verify(rejectProject).handle(new RejectProject.Command(PROJECT, "no owner yet"));
    asserted(instance).isEnded().hasPassed("endEvent_projectRejected");
  }

  @Test
  void keepsTheTaskWhenThePersonMayNotDecide() {
    doThrow(new Forbidden(ErrorCode.SEPARATION_OF_DUTIES, "you asked for it"))
        .when(decideProject)
        .handle(any());
    assertThatThrownBy(() -> decide(Map.of("approvalDecision", "approve")))
        .hasStackTraceContaining("you asked for it");
    assertInstance().isWaitingAt("userTask_approveProject");
  }

  @Test
  void refusesADecisionThatNoPersonMade() {
    var task = tasks.createTaskQuery().singleResult();
    assertThatThrownBy(() -> tasks.complete(task.getId(), Map.of("approvalDecision", "approve")))
        .hasStackTraceContaining("nobody is authenticated");
    assertInstance().isWaitingAt("userTask_approveProject");
    verifyNoInteractions(decideProject);
  }

  @Test
  void remindsWhenNobodyDecides() {
    execute(management.createJobQuery().timers().singleResult());
    executeStep("remindApprovers");
    verify(remindApprovers).handle(new RemindApprovers.Command(PROJECT));
    assertInstance().isWaitingAt("userTask_approveProject");
    assertThat(management.createJobQuery().timers().count()).isEqualTo(1);
  }

  @Test
  void undoesInReverseWhenAStepIsRefused() {
    doThrow(new Rejection(ErrorCode.ALREADY_EXISTS, "the channel is taken"))
        .when(createChannel)
        .handle(any());
    var instance = instance();
    approve();
    STEPS.subList(0, 6).forEach(this::executeStep);
    assertInstance().isWaitingAt("compensationThrow_refusedStepsUndone");
    execute(job("compensationThrow_refusedStepsUndone", instance()));
    executeStep("failProject");

    verifyAllUndoneInReverse();
    verifyNoInteractions(removeChannel, writeWelcomePage);
    verify(failProject).handle(new FailProject.Command(PROJECT, "the channel is taken"));
    asserted(instance).isEnded().hasPassed("endEvent_projectFailed");
  }

  @Test
  void isAnIncidentWhenAStepFailsAndGoesOnWhenRetried() {
    doThrow(new ExternalFailure("storage", true, "down", null)).when(createBuckets).handle(any());
    approve();
    STEPS.subList(0, 3).forEach(this::executeStep);
    failUntilIncident("createBuckets");

    doNothing().when(createBuckets).handle(any());
    executeStep("createBuckets");
    assertInstance().isWaitingAt("serviceTask_createNamespace");
  }

  @Test
  void undoesInReverseWhenAPersonGivesUpAnIncident() {
    doThrow(new ExternalFailure("chat", true, "down", null)).when(createChannel).handle(any());
    var instance = instance();
    approve();
    STEPS.subList(0, 5).forEach(this::executeStep);
    failUntilIncident("createChannel");

    onboarding.giveUp(PROJECT, "chat is gone");
    execute(job("compensationThrow_abandonedStepsUndone", instance()));
    executeStep("abandonProject");

    verifyAllUndoneInReverse();
    verify(abandonProject).handle(new AbandonProject.Command(PROJECT, "chat is gone"));
    asserted(instance).isEnded().hasPassed("endEvent_projectAbandoned");
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  @Test
  void canBeGivenUpBeforeTheDecision() {
    var instance = instance();
    onboarding.giveUp(PROJECT, "not needed");
    execute(job("compensationThrow_abandonedStepsUndone", instance()));
    executeStep("abandonProject");
    asserted(instance).isEnded();
    verifyNoInteractions(releaseIdentifiers, removeGroups);
  }

  @Test
  void cannotBeGivenUpWhenNothingRuns() {
    assertThatThrownBy(() -> onboarding.giveUp(new ProjectId("lfs"), "never there"))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("lfs");
  }

  @Test
  void isAnIncidentAndNoNewUndoingWhenUndoingIsRefused() {
    doThrow(new Rejection(ErrorCode.ALREADY_EXISTS, "taken")).when(createNamespace).handle(any());
    doThrow(new Rejection(ErrorCode.WRONG_STATE, "a bucket holds objects"))
        .when(removeBuckets)
        .handle(any());
    approve();
    STEPS.subList(0, 5).forEach(this::executeStep);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> execute(job("compensationThrow_refusedStepsUndone", instance())))
          .hasStackTraceContaining("a bucket holds objects");
    }
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);

    doNothing().when(removeBuckets).handle(any());
    execute(job("compensationThrow_refusedStepsUndone", instance()));
    executeStep("failProject");
    verify(failProject, times(1)).handle(new FailProject.Command(PROJECT, "taken"));
    assertThat(instance()).isNull();
  }

  private void verifyAllUndoneInReverse() {
    var order =
        inOrder(removeNamespace, removeBuckets, removeRepository, removeGroups, releaseIdentifiers);
    order.verify(removeNamespace).handle(new RemoveNamespace.Command(PROJECT));
    order.verify(removeBuckets).handle(new RemoveBuckets.Command(PROJECT));
    order.verify(removeRepository).handle(new RemoveRepository.Command(PROJECT));
    order.verify(removeGroups).handle(new RemoveGroups.Command(PROJECT));
    order.verify(releaseIdentifiers).handle(new ReleaseIdentifiers.Command(PROJECT));
  }

  private void failUntilIncident(String step) {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> executeStep(step)).hasStackTraceContaining("down");
    }
    assertThat(runtime.createIncidentQuery().activityId("serviceTask_" + step).count())
        .isEqualTo(1);
  }

  private void approve() {
    decide(Map.of("approvalDecision", "approve"));
  }

  private void decide(Map<String, Object> form) {
    var task = tasks.createTaskQuery().singleResult();
    access.as(
        ADMINISTRATOR,
        () -> {
          tasks.claim(task.getId(), ADMINISTRATOR.id());
          tasks.complete(task.getId(), form);
        });
    execute(job("userTask_approveProject", instance()));
  }

  private void executeStep(String step) {
    execute(job("serviceTask_" + step, instance()));
  }

  private ProcessInstance instance() {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(PROJECT.value())
        .singleResult();
  }

  private ProcessInstanceAssert assertInstance() {
    return asserted(instance());
  }

  private static ProcessInstanceAssert asserted(ProcessInstance instance) {
    return org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat(instance);
  }
}
