package org.balsam.process.round;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.process.round.RoundScene.COMMIT;
import static org.balsam.process.round.RoundScene.EVIDENCE;
import static org.balsam.process.round.RoundScene.INPUTS;
import static org.balsam.process.round.RoundScene.OUTPUTS;
import static org.balsam.process.round.RoundScene.RELEASE;
import static org.balsam.process.round.RoundScene.RELEASE_AT;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.usecase.dataset.FreezeInputs;
import org.balsam.usecase.dataset.ReleaseDataset;
import org.balsam.usecase.round.AnnounceRelease;
import org.balsam.usecase.round.CancelRound;
import org.balsam.usecase.round.CheckQuality;
import org.balsam.usecase.round.CloseRound;
import org.balsam.usecase.round.EnterState;
import org.balsam.usecase.round.MarkReleased;
import org.balsam.usecase.round.NotifyRelease;
import org.balsam.usecase.round.OpenRound;
import org.balsam.usecase.round.PlanRun;
import org.balsam.usecase.round.PlanStage;
import org.balsam.usecase.round.ProvisionWorkspace;
import org.balsam.usecase.round.RecordDecision;
import org.balsam.usecase.round.RoundState;
import org.balsam.usecase.round.SealEvidence;
import org.balsam.usecase.round.TearDownWorkspace;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.round.VerifyApproval;
import org.balsam.usecase.round.WithdrawPublication;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.SubmitJob;
import org.balsam.usecase.task.EscalateTask;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
@RoundUseCases
class StatisticalRoundProcessTest {

  @Autowired ApplicationContext context;
  @Autowired ProcessEngine engine;
  @Autowired HistoryService history;

  private RoundScene scene;

  @BeforeEach
  void setTheScene() {
    AbstractAssertions.init(engine);
    scene = new RoundScene(context);
  }

  @AfterEach
  void clear() {
    scene.engine.cleanUp();
    AbstractAssertions.reset();
  }

  @Test
  void publishesWhatWasConfirmedReviewedAndApproved() {
    var round = scene.startToEmbargo();
    assertThat(round).isWaitingAt("eventGateway_embargo");
    Assertions.assertThat(scene.engine.timer("timerCatch_embargoEnded").getDuedate())
        .isEqualTo(Date.from(RELEASE_AT));
    scene.engine.fire("timerCatch_embargoEnded");
    assertThat(round).isWaitingAt("userTask_evaluateRound");
    scene.decide("otto", "evaluationDecision", "closed", "evaluationReason", "went well");

    assertThat(round).isEnded().hasPassed("endEvent_roundClosed");
    var id = scene.round;
    var order =
        inOrder(
            of(OpenRound.class),
            of(FreezeInputs.class),
            of(ProvisionWorkspace.class),
            of(PlanRun.class),
            of(PlanStage.class),
            of(SubmitJob.class),
            of(CollectResult.class),
            of(CheckQuality.class),
            of(AnnounceRelease.class),
            of(VerifyApproval.class),
            of(ReleaseDataset.class),
            of(MarkReleased.class),
            of(SealEvidence.class),
            of(NotifyRelease.class),
            of(TearDownWorkspace.class),
            of(CloseRound.class));
    order.verify(of(OpenRound.class)).handle(new OpenRound.Command(id));
    order.verify(of(FreezeInputs.class)).handle(new FreezeInputs.Command(id, COMMIT));
    order
        .verify(of(ProvisionWorkspace.class))
        .handle(new ProvisionWorkspace.Command(id, INPUTS.toString()));
    order.verify(of(PlanRun.class)).handle(new PlanRun.Command(id, INPUTS.toString()));
    order.verify(of(PlanStage.class)).handle(new PlanStage.Command(id, 1, 0));
    order.verify(of(SubmitJob.class)).handle(new SubmitJob.Command(id.value(), 1, 0, 0));
    order.verify(of(CollectResult.class)).handle(any());
    order.verify(of(PlanStage.class)).handle(new PlanStage.Command(id, 1, 1));
    order.verify(of(SubmitJob.class), times(2)).handle(any());
    order.verify(of(CollectResult.class), times(2)).handle(any());
    order.verify(of(CheckQuality.class)).handle(new CheckQuality.Command(id, 1));
    order
        .verify(of(AnnounceRelease.class))
        .handle(new AnnounceRelease.Command(id, RELEASE_AT, ZoneId.of("UTC"), null));
    order.verify(of(VerifyApproval.class)).handle(new VerifyApproval.Command(id, EVIDENCE));
    order
        .verify(of(ReleaseDataset.class))
        .handle(new ReleaseDataset.Command(id, "c0ffee", OUTPUTS));
    order.verify(of(MarkReleased.class)).handle(new MarkReleased.Command(id, RELEASE.toString()));
    order.verify(of(SealEvidence.class)).handle(new SealEvidence.Command(id));
    order.verify(of(NotifyRelease.class)).handle(new NotifyRelease.Command(id));
    order.verify(of(TearDownWorkspace.class)).handle(new TearDownWorkspace.Command(id));
    order.verify(of(CloseRound.class)).handle(new CloseRound.Command(id, true));
    verify(of(SubmitJob.class)).handle(new SubmitJob.Command(id.value(), 1, 1, 0));
    verify(of(SubmitJob.class)).handle(new SubmitJob.Command(id.value(), 1, 1, 1));
    verifyNoInteractions(of(CancelJob.class), of(CancelRound.class), of(EscalateTask.class));
  }

  @Test
  void entersTheStatesOfARoundInOrder() {
    scene.startToEmbargo();
    scene.engine.fire("timerCatch_embargoEnded");
    scene.decide("otto", "evaluationDecision", "closed");

    var entered = ArgumentCaptor.forClass(EnterState.Command.class);
    verify(of(EnterState.class), atLeastOnce()).handle(entered.capture());
    Assertions.assertThat(entered.getAllValues().stream().map(EnterState.Command::state).distinct())
        .containsExactly(
            RoundState.OPEN,
            RoundState.WAITING,
            RoundState.PROCESSING,
            RoundState.REVIEW,
            RoundState.APPROVED,
            RoundState.EMBARGOED,
            RoundState.RELEASED,
            RoundState.CLOSED);
    Assertions.assertThat(entered.getAllValues())
        .allSatisfy(one -> Assertions.assertThat(one.round()).isEqualTo(scene.round));
  }

  @Test
  void recordsEachDecisionWithPersonReasonAndWhatTheySaw() {
    scene.startToReview();
    scene.decide("quinn", "reviewDecision", "approve", "reviewReason", "plausible");

    var recorded = ArgumentCaptor.forClass(RecordDecision.Command.class);
    verify(of(RecordDecision.class), times(2)).handle(recorded.capture());
    var confirmed = recorded.getAllValues().get(0);
    Assertions.assertThat(confirmed.activity()).isEqualTo("userTask_confirmInputs");
    Assertions.assertThat(confirmed.evidence()).isNull();
    Assertions.assertThat(confirmed.reason()).isNull();
    Assertions.assertThat(confirmed.display()).containsEntry("inputChanges", "two new files");
    var reviewed = recorded.getAllValues().get(1);
    Assertions.assertThat(reviewed.round()).isEqualTo(scene.round);
    Assertions.assertThat(reviewed.decision()).isEqualTo("approve");
    Assertions.assertThat(reviewed.reason()).isEqualTo("plausible");
    Assertions.assertThat(reviewed.evidence()).isEqualTo(EVIDENCE);
    Assertions.assertThat(reviewed.actor().id()).isEqualTo("quinn");
    Assertions.assertThat(reviewed.actor().groups()).containsExactly("emp-industry/quality");
    Assertions.assertThat(reviewed.display())
        .containsEntry("checkSummary", "checks")
        .containsEntry("run", "1");
  }

  @Test
  void aRefusedDecisionLeavesTheTaskOpen() {
    var round = scene.start();
    doThrow(new Rejection(ErrorCode.INPUTS_MISSING, "no data for February"))
        .when(of(RecordDecision.class))
        .handle(any());

    assertThatThrownBy(() -> scene.complete("sam", "inputsDecision", "confirm"))
        .hasStackTraceContaining("no data for February");
    assertThat(round).isWaitingAt("userTask_confirmInputs");
  }

  @Test
  void startsByDataOfANewPeriod() {
    scene.process.start(scene.round, Trigger.DATA);
    scene.engine.runJobs();

    assertThat(scene.instance())
        .hasPassed("startEvent_dataArrived")
        .isWaitingAt("userTask_confirmInputs");
    Assertions.assertThat(scene.instance().getTenantId()).isEqualTo("emp-industry");
  }

  @Test
  void belongsToItsProjectTogetherWithItsSteps() {
    var round = scene.start();
    scene.confirmInputs();

    Assertions.assertThat(round.getTenantId()).isEqualTo("emp-industry");
    Assertions.assertThat(
            engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(round.getId())
                .list())
        .singleElement()
        .satisfies(
            step -> {
              Assertions.assertThat(step.getTenantId()).isEqualTo("emp-industry");
              Assertions.assertThat(step.getBusinessKey()).isEqualTo(scene.round.value());
            });
  }

  @Test
  void refusesASecondInstanceOfTheSameRound() {
    scene.start();

    assertThatThrownBy(() -> scene.process.start(scene.round, Trigger.SCHEDULE))
        .isInstanceOfSatisfying(
            Rejection.class,
            refusal -> Assertions.assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_STATE));
  }

  @Test
  void freezesAnewWhenTheWaitingTimeHasEnded() {
    var round = scene.start();
    scene.decide(
        "sam",
        "inputsDecision",
        "wait",
        "inputsReason",
        "March is missing",
        "waitUntil",
        "2039-05-01T08:00Z");
    assertThat(round).isWaitingAt("eventGateway_dataAwaited");
    Assertions.assertThat(scene.engine.timer("timerCatch_waitEnded").getDuedate())
        .isEqualTo(Date.from(Instant.parse("2039-05-01T08:00:00Z")));
    scene.engine.fire("timerCatch_waitEnded");

    assertThat(round).isWaitingAt("userTask_confirmInputs");
    verify(of(FreezeInputs.class), times(2)).handle(any());
    Assertions.assertThat(scene.engine.variables(round)).doesNotContainKey("inputsDecision");
  }

  @Test
  void freezesAnewWhenMoreDataArrive() {
    var round = scene.start();
    scene.decide(
        "sam", "inputsDecision", "wait", "inputsReason", "soon", "waitUntil", "2039-05-01T08:00Z");
    engine
        .getRuntimeService()
        .createMessageCorrelation("balsam.dataArrived")
        .tenantId("emp-industry")
        .correlateAll();
    scene.engine.runJobs();

    assertThat(round).hasPassed("messageCatch_dataArrived").isWaitingAt("userTask_confirmInputs");
    verify(of(FreezeInputs.class), times(2)).handle(any());
  }

  @Test
  void waitsOnlyUntilAMoment() {
    var round = scene.start();

    assertThatThrownBy(
            () -> scene.complete("sam", "inputsDecision", "wait", "inputsReason", "soon"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("waitUntil");
    assertThatThrownBy(
            () ->
                scene.complete(
                    "sam", "inputsDecision", "wait", "inputsReason", "x", "waitUntil", "tomorrow"))
        .hasStackTraceContaining("2026-11-03T09:30+01:00");
    assertThat(round).isWaitingAt("userTask_confirmInputs");
  }

  @Test
  void isCancelledWithTheInputs() {
    var round = scene.start();
    scene.decide("sam", "inputsDecision", "cancel", "inputsReason", "survey was stopped");

    assertThat(round).isEnded().hasPassed("endEvent_roundCancelled");
    verify(of(CancelRound.class))
        .handle(new CancelRound.Command(scene.round, "survey was stopped"));
    verify(of(EnterState.class)).handle(new EnterState.Command(scene.round, RoundState.CANCELLED));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"STEP_FAILED", "STEP_TIMED_OUT", "LIMIT_EXCEEDED", "OUTPUT_MISSING", "DATA_CHANGED"})
  void asksWhatToDoWhenAStepFails(ErrorCode code) {
    var round = startToFailedStep(new Rejection(code, "exit code 3: no such column"));

    assertThat(round).isWaitingAt("userTask_decideOnFailedRun");
    Assertions.assertThat(scene.engine.variables(round))
        .containsEntry("failure", "exit code 3: no such column");
    verify(of(EnterState.class)).handle(new EnterState.Command(scene.round, RoundState.CORRECTING));
  }

  @Test
  void runsAllStepsAgainAfterAFailure() {
    var round = startToFailedStep(new Rejection(ErrorCode.STEP_FAILED, "exit code 3"));
    doNothing().when(of(CollectResult.class)).handle(any());
    scene.decide("pia", "failureDecision", "retry");
    scene.finishSteps();

    assertThat(round).isWaitingAt("userTask_reviewResults");
    verify(of(PlanRun.class), times(2)).handle(any());
    verify(of(FreezeInputs.class)).handle(any());
    verify(of(SubmitJob.class)).handle(new SubmitJob.Command(scene.round.value(), 2, 1, 1));
    verify(of(CheckQuality.class)).handle(new CheckQuality.Command(scene.round, 2));
  }

  @Test
  void freezesAnewAfterAFailure() {
    var round = startToFailedStep(new Rejection(ErrorCode.DATA_CHANGED, "changed"));
    scene.decide("sam", "failureDecision", "refreeze", "failureReason", "delivered anew");

    assertThat(round).isWaitingAt("userTask_confirmInputs");
    verify(of(FreezeInputs.class), times(2)).handle(any());
  }

  @Test
  void isCancelledAfterAFailureForTheReasonGivenThen() {
    var round = startToFailedStep(new Rejection(ErrorCode.STEP_FAILED, "exit code 3"));
    scene.decide("sam", "failureDecision", "cancel", "failureReason", "method is wrong");

    assertThat(round).isEnded().hasPassed("endEvent_roundCancelled");
    verify(of(CancelRound.class)).handle(new CancelRound.Command(scene.round, "method is wrong"));
  }

  @Test
  void aRefusedSubmissionIsAFailedStep() {
    Mockito.reset(of(SubmitJob.class));
    when(of(SubmitJob.class).handle(any()))
        .thenThrow(new Rejection(ErrorCode.DATA_CHANGED, "persons.csv has another checksum"));
    var round = scene.start();
    scene.confirmInputs();

    assertThat(round).isWaitingAt("userTask_decideOnFailedRun");
    Assertions.assertThat(scene.engine.variables(round))
        .containsEntry("failure", "persons.csv has another checksum");
  }

  @Test
  void aRefusedStageIsAFailedRun() {
    Mockito.reset(of(PlanStage.class));
    when(of(PlanStage.class).handle(any()))
        .thenThrow(new Rejection(ErrorCode.OUTPUT_MISSING, "stage 0 wrote nothing"));
    var round = scene.start();
    scene.confirmInputs();

    assertThat(round).isWaitingAt("userTask_decideOnFailedRun");
    Assertions.assertThat(scene.engine.variables(round))
        .containsEntry("failure", "stage 0 wrote nothing");
  }

  @Test
  void aFailedStepStopsTheOthersOfItsStage() {
    var round = scene.start();
    scene.confirmInputs();
    scene.finishOneStage();
    doThrow(new Rejection(ErrorCode.STEP_FAILED, "exit code 3"))
        .when(of(CollectResult.class))
        .handle(argThat(command -> command.job().value().contains("step0")));
    scene.finishOneOf("step0");

    assertThat(round).isWaitingAt("userTask_decideOnFailedRun");
    verify(of(CancelJob.class)).handle(argThat(command -> command.job().value().contains("step1")));
    verify(of(CancelJob.class), times(1)).handle(any());
  }

  @Test
  void asksWhatToDoWhenResultsHaveChangedInStorage() {
    when(of(CheckQuality.class).handle(any()))
        .thenThrow(new Rejection(ErrorCode.DATA_CHANGED, "out.csv has another checksum"));
    var round = scene.startToReview();

    assertThat(round).isWaitingAt("userTask_decideOnFailedRun");
    Assertions.assertThat(scene.engine.variables(round))
        .containsEntry("failure", "out.csv has another checksum");
  }

  @Test
  void runsAgainAfterACorrection() {
    scene.verdict("block", false);
    var round = scene.startToReview();
    assertThat(round).isWaitingAt("userTask_correctOrWaive");
    scene.verdict("pass", false);
    scene.decide("sam", "correctionDecision", "correct", "correctionReason", "typo repaired");
    scene.finishSteps();

    assertThat(round).isWaitingAt("userTask_reviewResults");
    verify(of(CheckQuality.class)).handle(new CheckQuality.Command(scene.round, 2));
  }

  @Test
  void freezesAnewWhenTheDataWereWrong() {
    scene.verdict("block", false);
    var round = scene.startToReview();
    scene.decide("sam", "correctionDecision", "refreeze", "correctionReason", "delivered anew");

    assertThat(round).isWaitingAt("userTask_confirmInputs");
    verify(of(FreezeInputs.class), times(2)).handle(any());
  }

  @Test
  void aWaiverLeadsToTheReviewWhenNothingElseWarns() {
    scene.verdict("block", false);
    var round = scene.startToReview();
    scene.decide("quinn", "correctionDecision", "waive", "correctionReason", "known break");

    assertThat(round)
        .isWaitingAt("userTask_reviewResults")
        .hasNotPassed("userTask_explainWarnings");
  }

  @Test
  void aWaiverDoesNotSpareTheExplanationOfWarnings() {
    scene.verdict("block", true);
    var round = scene.startToReview();
    scene.decide("quinn", "correctionDecision", "waive", "correctionReason", "known break");

    assertThat(round).isWaitingAt("userTask_explainWarnings");
  }

  @Test
  void warningsAreExplainedBeforeTheReview() {
    scene.verdict("explain", true);
    var round = scene.startToReview();
    assertThat(round).isWaitingAt("userTask_explainWarnings");
    assertThatThrownBy(() -> scene.complete("sam", "explanationDecision", "explain"))
        .hasMessageContaining("fill in 'Explanation'");
    scene.decide("sam", "explanationDecision", "explain", "explanationReason", "recession");

    assertThat(round).isWaitingAt("userTask_reviewResults");
  }

  @Test
  void theReviewSendsBackToTheInputs() {
    var round = scene.startToReview();
    scene.decide("quinn", "reviewDecision", "redoInputs", "reviewReason", "old register");

    assertThat(round).isWaitingAt("userTask_confirmInputs");
    verify(of(FreezeInputs.class), times(2)).handle(any());
  }

  @Test
  void theReviewSendsBackToTheSteps() {
    var round = scene.startToReview();
    scene.decide("quinn", "reviewDecision", "redoSteps", "reviewReason", "wrong base year");
    scene.finishSteps();

    assertThat(round).isWaitingAt("userTask_reviewResults");
    verify(of(PlanRun.class), times(2)).handle(any());
    verify(of(FreezeInputs.class)).handle(any());
  }

  @Test
  void whoConfirmedTheInputsDoesNotReviewTheResults() {
    var round = scene.start();
    scene.decide("max", "inputsDecision", "confirm");
    scene.finishSteps();

    assertThatThrownBy(() -> scene.complete("max", "reviewDecision", "approve"))
        .isInstanceOfSatisfying(
            Forbidden.class,
            refusal ->
                Assertions.assertThat(refusal.code()).isEqualTo(ErrorCode.SEPARATION_OF_DUTIES));
    assertThat(round).isWaitingAt("userTask_reviewResults");
  }

  @Test
  void whoWaivedDoesNotReviewTheResults() {
    scene.verdict("block", false);
    scene.startToReview();
    scene.decide("max", "correctionDecision", "waive", "correctionReason", "known break");

    assertThatThrownBy(() -> scene.complete("max", "reviewDecision", "approve"))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void whoReviewedTheResultsDoesNotApproveTheRelease() {
    scene.startToReview();
    scene.decide("max", "reviewDecision", "approve");

    assertThatThrownBy(
            () ->
                scene.complete(
                    "max",
                    "releaseDecision",
                    "approve",
                    "releaseAt",
                    "2040-02-03T09:30+01:00",
                    "releaseLevel",
                    "public"))
        .isInstanceOf(Forbidden.class);
    verify(of(AnnounceRelease.class), never()).handle(any());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam", "pia", "otto", "rita"})
  void onlyQualityReviewsTheResults(String person) {
    scene.startToReview();

    assertThatThrownBy(() -> scene.complete(person, "reviewDecision", "approve"))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void theReleaseIsSentBackToTheReview() {
    var round = scene.startToReview();
    scene.approveResults();
    scene.decide("otto", "releaseDecision", "sendBack", "releaseReason", "title is wrong");

    assertThat(round).isWaitingAt("userTask_reviewResults");
    verify(of(AnnounceRelease.class), never()).handle(any());
  }

  @Test
  void aPostponementIsAnnouncedWithItsReason() {
    var round = scene.startToEmbargo();
    var later = RELEASE_AT.plus(Duration.ofDays(7));
    scene.process.postpone(scene.round, later, "holiday");
    scene.engine.runJobs();

    assertThat(round)
        .hasPassed("messageCatch_releasePostponed")
        .isWaitingAt("eventGateway_embargo");
    verify(of(AnnounceRelease.class))
        .handle(new AnnounceRelease.Command(scene.round, later, ZoneId.of("UTC"), "holiday"));
    Assertions.assertThat(scene.engine.timer("timerCatch_embargoEnded").getDuedate())
        .isEqualTo(Date.from(later));
    verifyNoInteractions(of(ReleaseDataset.class));
  }

  @Test
  void changedEvidenceVoidsTheApprovals() {
    var round = scene.startToEmbargo();
    doThrow(new Rejection(ErrorCode.EVIDENCE_CHANGED, "a waiver was added"))
        .when(of(VerifyApproval.class))
        .handle(any());
    scene.engine.fire("timerCatch_embargoEnded");

    assertThat(round).isWaitingAt("userTask_reviewResults");
    verify(of(CheckQuality.class), times(2)).handle(any());
    verifyNoInteractions(of(ReleaseDataset.class));
    scene.approveResults();
    scene.approveRelease();
    verify(of(AnnounceRelease.class))
        .handle(
            new AnnounceRelease.Command(
                scene.round, RELEASE_AT, ZoneId.of("UTC"), "a waiver was added"));
  }

  @Test
  void isCancelledOnRequestUntilItIsReleased() {
    var round = scene.startToEmbargo();
    scene.process.cancel(scene.round, "not needed any more");
    scene.engine.runJobs();

    assertThat(round).isEnded().hasPassed("endEvent_requestedRoundCancelled");
    verify(of(CancelRound.class))
        .handle(new CancelRound.Command(scene.round, "not needed any more"));
    verifyNoInteractions(of(ReleaseDataset.class));
  }

  @Test
  void aCancelledRoundStopsItsJobs() {
    var round = scene.start();
    scene.confirmInputs();
    scene.process.cancel(scene.round, "not needed any more");
    scene.engine.runJobs();

    assertThat(round).isEnded();
    verify(of(CancelJob.class)).handle(any());
  }

  @Test
  void takesThePublicationBackOnRequest() {
    var round = scene.startToEmbargo();
    scene.engine.fire("timerCatch_embargoEnded");
    scene.process.withdraw(scene.round, "figures of another country");
    scene.engine.runJobs();

    assertThat(round).isEnded().hasPassed("endEvent_publicationWithdrawn");
    verify(of(WithdrawPublication.class))
        .handle(new WithdrawPublication.Command(scene.round, "figures of another country"));
    verify(of(EnterState.class)).handle(new EnterState.Command(scene.round, RoundState.WITHDRAWN));
  }

  @Test
  void refusesMessagesThatNobodyWaitsFor() {
    List<Consumer<RoundScene>> requests =
        List.of(
            one -> one.process.cancel(one.round, "x"),
            one -> one.process.withdraw(one.round, "x"),
            one -> one.process.postpone(one.round, RELEASE_AT, "x"));
    Assertions.assertThat(requests)
        .allSatisfy(
            request ->
                assertThatThrownBy(() -> request.accept(scene))
                    .isInstanceOf(Rejection.class)
                    .hasMessageContaining("cannot do this now")
                    .hasMessageNotContaining("balsam."));
    scene.start();
    assertThatThrownBy(() -> scene.process.postpone(scene.round, RELEASE_AT, "x"))
        .isInstanceOf(Rejection.class);
  }

  @Test
  void isClosedAsNotEvaluatedAfterThirtyDays() {
    var round = scene.startToEmbargo();
    scene.engine.fire("timerCatch_embargoEnded");
    scene.engine.fire("boundaryTimer_evaluationTimedOut");

    assertThat(round).isEnded().hasPassed("endEvent_roundClosed");
    verify(of(CloseRound.class)).handle(new CloseRound.Command(scene.round, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "confirmInputs",
        "decideOnFailedRun",
        "correctOrWaive",
        "explainWarnings",
        "reviewResults",
        "approveRelease",
        "evaluateRound"
      })
  void remindsOfATaskThreeTimesAndLeavesItOpen(String task) {
    var round = startTo("userTask_" + task);
    assertThat(scene.engine.task()).hasDefinitionKey("userTask_" + task);
    Assertions.assertThat(scene.engine.timer("boundaryTimer_" + task + "Overdue").getDuedate())
        .isCloseTo(scene.engine.task().getDueDate(), 60_000L);
    scene.engine.fire("boundaryTimer_" + task + "Overdue");
    scene.engine.fire("boundaryTimer_" + task + "Overdue");
    scene.engine.fire("boundaryTimer_" + task + "Overdue");

    verify(of(EscalateTask.class), times(3))
        .handle(
            new EscalateTask.Command(
                scene.round.project(), scene.round.value(), "userTask_" + task));
    assertThat(round).isWaitingAt("userTask_" + task);
    assertThatThrownBy(() -> scene.engine.timer("boundaryTimer_" + task + "Overdue"))
        .hasMessageContaining("no timer waits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openRound",
        "freezeInputs",
        "provisionWorkspace",
        "planRun",
        "planStage",
        "submitJob",
        "collectResult",
        "checkQuality",
        "announceRelease",
        "verifyApproval",
        "releaseDataset",
        "markReleased",
        "sealEvidence",
        "notifyRelease",
        "tearDownWorkspace",
        "closeRound"
      })
  void goesOnAfterAnIncidentIsRepaired(String task) {
    var broken = scene.breakDown(task);
    scene.process.start(scene.round, Trigger.PERSON);
    scene.playToTheEnd(
        () -> {
          Assertions.assertThat(scene.engine.incidents()).containsOnly("serviceTask_" + task);
          broken.repair();
          scene.engine.retry();
        });

    Assertions.assertThat(broken.attempts()).isEqualTo(3);
    Assertions.assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .activityId("endEvent_roundClosed")
                .finished()
                .count())
        .isPositive();
    Assertions.assertThat(scene.instance()).isNull();
  }

  @Test
  void anUnforeseenRejectionIsAnIncidentAndNoSilentEnd() {
    var round = scene.startToEmbargo();
    when(of(ReleaseDataset.class).handle(any()))
        .thenThrow(new Rejection(ErrorCode.DATA_CHANGED, "out.csv has another checksum"));
    scene.engine.fireUntilIncident("timerCatch_embargoEnded");

    Assertions.assertThat(scene.engine.incidents()).containsExactly("serviceTask_releaseDataset");
    assertThat(round).isNotEnded();
    verifyNoInteractions(of(MarkReleased.class));
  }

  @Test
  void outsideTroubleOfAStepIsNoFailedStep() {
    doThrow(new ExternalFailure("runtime", true, "no route", null))
        .when(of(CollectResult.class))
        .handle(any());
    var round = scene.start();
    scene.confirmInputs();
    scene.finishUntilIncident();

    Assertions.assertThat(scene.engine.incidents()).containsExactly("serviceTask_collectResult");
    assertThat(round).hasNotPassed("boundaryError_stepFailed");
  }

  private ProcessInstance startToFailedStep(Rejection failure) {
    doThrow(failure).when(of(CollectResult.class)).handle(any());
    return scene.startToReview();
  }

  private ProcessInstance startTo(String task) {
    return switch (task) {
      case "userTask_confirmInputs" -> scene.start();
      case "userTask_decideOnFailedRun" ->
          startToFailedStep(new Rejection(ErrorCode.STEP_FAILED, "exit code 3"));
      case "userTask_correctOrWaive" -> {
        scene.verdict("block", false);
        yield scene.startToReview();
      }
      case "userTask_explainWarnings" -> {
        scene.verdict("explain", true);
        yield scene.startToReview();
      }
      case "userTask_reviewResults" -> scene.startToReview();
      case "userTask_approveRelease" -> {
        var round = scene.startToReview();
        scene.approveResults();
        yield round;
      }
      case "userTask_evaluateRound" -> {
        var round = scene.startToEmbargo();
        scene.engine.fire("timerCatch_embargoEnded");
        yield round;
      }
      default -> throw new IllegalArgumentException(task);
    };
  }

  private <T> T of(Class<T> useCase) {
    return scene.of(useCase);
  }
}
