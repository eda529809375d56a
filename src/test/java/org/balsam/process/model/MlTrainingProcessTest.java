package org.balsam.process.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.process.model.TrainingScene.COMMIT;
import static org.balsam.process.model.TrainingScene.EVIDENCE;
import static org.balsam.process.model.TrainingScene.INPUTS;
import static org.balsam.process.model.TrainingScene.SETS;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.Rejection;
import org.balsam.usecase.dataset.DatasetProcess;
import org.balsam.usecase.dataset.FindDueTrainings;
import org.balsam.usecase.dataset.FreezeTrainingData;
import org.balsam.usecase.model.CancelTraining;
import org.balsam.usecase.model.CheckPromotion;
import org.balsam.usecase.model.CheckSmokeTest;
import org.balsam.usecase.model.CollectTraining;
import org.balsam.usecase.model.CompareReproduction;
import org.balsam.usecase.model.CompareWithRecord;
import org.balsam.usecase.model.EvaluateCandidate;
import org.balsam.usecase.model.NotifyPromotion;
import org.balsam.usecase.model.OpenTraining;
import org.balsam.usecase.model.PlanEvaluation;
import org.balsam.usecase.model.PlanTraining;
import org.balsam.usecase.model.PromoteToProduction;
import org.balsam.usecase.model.PromoteToStaging;
import org.balsam.usecase.model.RecordTrainingDecision;
import org.balsam.usecase.model.RegisterCandidate;
import org.balsam.usecase.model.RetrainModel;
import org.balsam.usecase.model.RetrainOnData;
import org.balsam.usecase.model.SealTrainingEvidence;
import org.balsam.usecase.model.StopTraining;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.model.VerifyPromotion;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.task.EscalateTask;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
@TrainingUseCases
class MlTrainingProcessTest {

  @Autowired ApplicationContext context;
  @Autowired ProcessEngine engine;

  private TrainingScene scene;

  @BeforeEach
  void setTheScene() {
    AbstractAssertions.init(engine);
    scene = new TrainingScene(context);
  }

  @AfterEach
  void clear() {
    scene.engine.cleanUp();
    AbstractAssertions.reset();
  }

  @Test
  void promotesWhatWasTrainedEvaluatedReviewedAndApproved() {
    var training = scene.startToProduction();
    assertThat(training).isWaitingAt("userTask_approveProduction");
    scene.decide("otto", "productionDecision", "approve");

    assertThat(training).isEnded().hasPassed("endEvent_modelPromoted");
    var id = scene.training;
    var order =
        inOrder(
            of(OpenTraining.class),
            of(FreezeTrainingData.class),
            of(PlanTraining.class),
            of(CollectTraining.class),
            of(PlanEvaluation.class),
            of(EvaluateCandidate.class),
            of(RegisterCandidate.class),
            of(CompareReproduction.class),
            of(CheckPromotion.class),
            of(PromoteToStaging.class),
            of(CheckSmokeTest.class),
            of(VerifyPromotion.class),
            of(PromoteToProduction.class),
            of(SealTrainingEvidence.class),
            of(NotifyPromotion.class));
    order.verify(of(OpenTraining.class)).handle(new OpenTraining.Command(id));
    order
        .verify(of(FreezeTrainingData.class))
        .handle(
            new FreezeTrainingData.Command(
                id, new ModelName("damage"), new Period("1998"), COMMIT));
    order.verify(of(PlanTraining.class)).handle(new PlanTraining.Command(id, INPUTS.toString()));
    order.verify(of(CollectTraining.class)).handle(new CollectTraining.Command(id));
    order.verify(of(PlanEvaluation.class)).handle(new PlanEvaluation.Command(id, SETS.toString()));
    order.verify(of(EvaluateCandidate.class)).handle(new EvaluateCandidate.Command(id, 2));
    order.verify(of(RegisterCandidate.class)).handle(new RegisterCandidate.Command(id));
    order.verify(of(CompareReproduction.class)).handle(new CompareReproduction.Command(id, 3));
    order.verify(of(CheckPromotion.class)).handle(new CheckPromotion.Command(id));
    order.verify(of(PromoteToStaging.class)).handle(new PromoteToStaging.Command(id, EVIDENCE));
    order.verify(of(CheckSmokeTest.class)).handle(new CheckSmokeTest.Command(id, 4));
    order.verify(of(VerifyPromotion.class)).handle(new VerifyPromotion.Command(id, EVIDENCE));
    order
        .verify(of(PromoteToProduction.class))
        .handle(new PromoteToProduction.Command(id, EVIDENCE));
    order.verify(of(SealTrainingEvidence.class)).handle(any());
    order.verify(of(NotifyPromotion.class)).handle(any());
    verify(of(StopTraining.class), never()).handle(any());
  }

  @ParameterizedTest
  @EnumSource(TrainingTrigger.class)
  void isStartedByPersonScheduleDriftAndData(TrainingTrigger trigger) {
    var training = scene.start(trigger);

    assertThat(training).isWaitingAt("callActivity_launchTraining");
    Assertions.assertThat(training.getTenantId()).isEqualTo("ml-strikes");
  }

  @Test
  void arrivingDataStartTheTrainingsThatTheyComplete() {
    var dataset = new DatasetId(TrainingScene.PROJECT, Layer.RAW, "strikes");
    var arrived = new FindDueTrainings.Command(dataset, new Period("1999-12"));
    var due = new FindDueTrainings.Due(new ModelName("damage"), new Period("1999"));
    when(of(FindDueTrainings.class).handle(arrived))
        .thenReturn(new FindDueTrainings.Result(List.of(due)));
    context.getBean(DatasetProcess.class).dataArrived(dataset, new Period("1999-12"));

    verify(of(RetrainOnData.class))
        .handle(new RetrainOnData.Command(TrainingScene.PROJECT, due.model(), due.period()));
  }

  @Test
  void doesNotStartWhenSomethingIsNotPinnedAndSaysWhich() {
    doThrow(new Rejection(ErrorCode.INPUTS_MISSING, "not pinned: seed"))
        .when(of(OpenTraining.class))
        .handle(any());
    var training = startWithoutInstance();

    Assertions.assertThat(training).isNull();
    verify(of(StopTraining.class))
        .handle(new StopTraining.Command(scene.training, "not pinned: seed"));
    verify(of(PlanTraining.class), never()).handle(any());
  }

  @Test
  void doesNotStartWithoutItsData() {
    doThrow(new Rejection(ErrorCode.INPUTS_MISSING, "strikes has no data"))
        .when(of(FreezeTrainingData.class))
        .handle(any());

    Assertions.assertThat(startWithoutInstance()).isNull();
    verify(of(StopTraining.class))
        .handle(new StopTraining.Command(scene.training, "strikes has no data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "steward"})
  void waitsForApprovalOfItsResources(String approval) {
    scene.resources(approval);
    var training = scene.startBy("pia");
    assertThat(training).isWaitingAt("userTask_approveResources");
    scene.decide(approval.equals("owner") ? "otto" : "stella", "resourceDecision", "grant");

    assertThat(training).isWaitingAt("callActivity_launchTraining");
    verify(of(RecordTrainingDecision.class))
        .handle(argThat(command -> approval.equals(command.approval())));
  }

  @Test
  void whoAsksForATrainingCannotApproveItsResources() {
    scene.resources("owner");
    var training = scene.startBy("max");

    assertThatThrownBy(() -> scene.decide("max", "resourceDecision", "grant"))
        .isInstanceOf(Forbidden.class);
    assertThat(training).isWaitingAt("userTask_approveResources");
  }

  @Test
  void endsWhenItsResourcesAreRefusedByAPersonOrByTheTable() {
    scene.resources("owner");
    var training = scene.startBy("pia");
    scene.decide("otto", "resourceDecision", "refuse", "resourceReason", "too dear");
    assertThat(training).isEnded();
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "too dear"));

    scene = new TrainingScene(context);
    scene.resources("refuse");
    Assertions.assertThat(startWithoutInstance()).isNull();
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "one GPU"));
  }

  @Test
  void aFailedTrainingIsMadeAgainWithTheSameOrOtherParametersOrStopped() {
    var training = scene.start();
    failStep("exit code 3");
    assertThat(training).isWaitingAt("userTask_decideOnFailedTraining");
    Assertions.assertThat(scene.engine.variables(training)).containsEntry("failure", "exit code 3");
    scene.decide("pia", "failureDecision", "retry");
    assertThat(training).isWaitingAt("callActivity_launchTraining");
    failStep("exit code 4");
    scene.decide(
        "mia",
        "failureDecision",
        "change",
        "failureReason",
        "diverges",
        "changedParameters",
        "learning-rate=0.01");
    verify(of(PlanTraining.class), times(3)).handle(any());
    verify(of(RecordTrainingDecision.class))
        .handle(argThat(command -> "learning-rate=0.01".equals(command.changedParameters())));
    failStep("exit code 5");
    scene.decide("pia", "failureDecision", "stop", "failureReason", "no use");

    assertThat(training).isEnded().hasPassed("endEvent_trainingStopped");
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "no use"));
  }

  @Test
  void otherParametersHaveToBeGiven() {
    var training = scene.start();
    failStep("exit code 3");

    assertThatThrownBy(
            () -> scene.decide("pia", "failureDecision", "change", "failureReason", "diverges"))
        .hasStackTraceContaining("changedParameters");
    assertThat(training).isWaitingAt("userTask_decideOnFailedTraining");
  }

  @Test
  void aTrainingThatTimesOutIsStoppedAndDecidedOn() {
    doThrow(new Rejection(ErrorCode.STEP_TIMED_OUT, "timed out"))
        .when(of(CollectResult.class))
        .handle(any());
    var training = scene.start();
    scene.engine.fire("timerCatch_timeLimitReached");

    verify(of(CancelJob.class)).handle(any());
    assertThat(training).isWaitingAt("userTask_decideOnFailedTraining");
  }

  @Test
  void aLostReportIsFoundByAsking() {
    when(of(ReconcileJob.class).handle(any())).thenReturn(new ReconcileJob.Result(true));
    scene.start();
    scene.engine.fire("timerCatch_reconciliationDue");

    verify(of(ReconcileJob.class)).handle(any());
    verify(of(CollectResult.class)).handle(any());
  }

  @Test
  void goesOnAfterOutsideTrouble() {
    doThrow(trouble(), trouble(), trouble())
        .doNothing()
        .when(of(EvaluateCandidate.class))
        .handle(any());
    var training = scene.start();
    scene.finishOneStage();
    scene.finishOneStage();
    try {
      scene.finishOneStage();
    } catch (RuntimeException counted) {
      scene.engine.runJobsUntilIncident();
    }
    Assertions.assertThat(scene.engine.incidents())
        .containsExactly("serviceTask_evaluateCandidate");
    scene.engine.retry();
    scene.finishSteps();

    assertThat(training).isWaitingAt("userTask_reviewPromotion");
  }

  @Test
  void aReproductionIsComparedWithItsRecordAndRegistersNothing() {
    when(of(OpenTraining.class).handle(any()))
        .thenReturn(new OpenTraining.Result(COMMIT, INPUTS.toString()));
    when(of(CollectTraining.class).handle(any()))
        .thenReturn(new CollectTraining.Result("o", "a", true));
    var training = scene.start();
    scene.finishSteps();

    assertThat(training).isEnded().hasPassed("endEvent_trainingReproduced");
    verify(of(FreezeTrainingData.class), never()).handle(any());
    verify(of(CompareWithRecord.class)).handle(new CompareWithRecord.Command(scene.training));
    verify(of(RegisterCandidate.class), never()).handle(any());
  }

  @Test
  void aReproductionThatFailsGoesToTheGate() {
    var training = scene.start();
    scene.finishOneStage();
    scene.finishOneStage();
    scene.finishOneStage();
    failStep("exit code 1");

    assertThat(training)
        .isWaitingAt("userTask_reviewPromotion")
        .hasNotPassed("serviceTask_compareReproduction");
    verify(of(CheckPromotion.class)).handle(any());
  }

  @Test
  void isNotMadeAgainWhenTheProjectDoesNotAsk() {
    when(of(RegisterCandidate.class).handle(any()))
        .thenReturn(new RegisterCandidate.Result("damage@1.0.0", false));
    var training = scene.startToReview();

    assertThat(training).hasNotPassed("callActivity_trainAgain");
  }

  @Test
  void aBlockedCandidateIsWaivedByQualityAndThenReviewedBySomebodyElse() {
    scene.verdict("block");
    var training = scene.startToReview();
    assertThat(training).isWaitingAt("userTask_decideOnRefusedCandidate");
    scene.decide("quinn", "refusalDecision", "waive", "refusalReason", "known drift");
    assertThat(training).isWaitingAt("userTask_reviewPromotion");
    assertThatThrownBy(() -> scene.decide("quinn", "reviewDecision", "approve"))
        .isInstanceOf(Forbidden.class);
    scene.decide("quentin", "reviewDecision", "approve");

    assertThat(training).isWaitingAt("callActivity_runSmokeTest");
  }

  @Test
  void aBlockedCandidateIsTrainedAnewOrStopped() {
    scene.verdict("block");
    var training = scene.startToReview();
    scene.decide(
        "pia",
        "refusalDecision",
        "retrain",
        "refusalReason",
        "too little data",
        "changedParameters",
        "epochs=20");
    assertThat(training).isEnded().hasPassed("endEvent_modelRetrained");
    verify(of(RetrainModel.class))
        .handle(new RetrainModel.Command(scene.training, "epochs=20", "too little data"));

    scene = new TrainingScene(context);
    scene.verdict("block");
    var other = scene.startToReview();
    scene.decide("pia", "refusalDecision", "stop", "refusalReason", "no use");
    assertThat(other).isEnded();
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "no use"));
  }

  @Test
  void whoAskedForTheTrainingCannotReviewIt() {
    var training = scene.startBy("max");
    scene.finishSteps();

    assertThatThrownBy(() -> scene.decide("max", "reviewDecision", "approve"))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("started this process");
    assertThat(training).isWaitingAt("userTask_reviewPromotion");
  }

  @Test
  void whoReviewedCannotApproveProduction() {
    var training = scene.startToReview();
    scene.decide("max", "reviewDecision", "approve");
    scene.finishSteps();

    assertThatThrownBy(() -> scene.decide("max", "productionDecision", "approve"))
        .isInstanceOf(Forbidden.class);
    assertThat(training).isWaitingAt("userTask_approveProduction");
  }

  @Test
  void theReviewerAsksForChangesOrRejects() {
    var training = scene.startToReview();
    scene.decide("quinn", "reviewDecision", "requestChanges", "reviewReason", "explain speed");
    assertThat(training).isWaitingAt("userTask_decideOnRefusedCandidate");

    scene.engine.cleanUp();
    scene = new TrainingScene(context);
    var other = scene.startToReview();
    scene.decide("quinn", "reviewDecision", "reject", "reviewReason", "not sound");
    assertThat(other).isEnded();
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "not sound"));
  }

  @Test
  void theOwnerRejects() {
    var training = scene.startToProduction();
    scene.decide("otto", "productionDecision", "reject", "productionReason", "not now");

    assertThat(training).isEnded();
    verify(of(StopTraining.class)).handle(new StopTraining.Command(scene.training, "not now"));
    verify(of(PromoteToProduction.class), never()).handle(any());
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"ARTEFACT_CHANGED", "EVIDENCE_CHANGED", "CHAMPION_CHANGED"})
  void whatChangedWhileTheApprovalWasOpenIsEvaluatedAndReviewedAnew(ErrorCode changed) {
    doThrow(new Rejection(changed, "other bytes"))
        .doNothing()
        .when(of(VerifyPromotion.class))
        .handle(any());
    var training = scene.startToProduction();
    scene.decide("otto", "productionDecision", "approve");
    assertThat(training).hasPassed("boundaryError_approvalVoided");
    scene.finishSteps();

    assertThat(training).isWaitingAt("userTask_reviewPromotion");
    verify(of(PlanEvaluation.class), times(2)).handle(any());
    verify(of(PromoteToProduction.class), never()).handle(any());
  }

  @Test
  void anotherChampionAtTheVeryMomentOfPromotionVoidsTheApproval() {
    doThrow(new Rejection(ErrorCode.CHAMPION_CHANGED, "1.1.0 is champion"))
        .when(of(PromoteToProduction.class))
        .handle(any());
    var training = scene.startToProduction();
    scene.decide("otto", "productionDecision", "approve");
    scene.finishSteps();

    assertThat(training)
        .hasPassed("boundaryError_promotionRefused")
        .isWaitingAt("userTask_reviewPromotion");
    verify(of(SealTrainingEvidence.class), never()).handle(any());
  }

  @Test
  void whatChangedBeforeStagingIsEvaluatedAnew() {
    doThrow(new Rejection(ErrorCode.ARTEFACT_CHANGED, "other bytes"))
        .doNothing()
        .when(of(PromoteToStaging.class))
        .handle(any());
    var training = scene.startToReview();
    scene.decide("quinn", "reviewDecision", "approve");
    scene.finishSteps();

    assertThat(training)
        .hasPassed("boundaryError_reviewVoided")
        .isWaitingAt("userTask_reviewPromotion");
  }

  @Test
  void aCandidateWhoseBytesChangedBeforeTheGateIsDecidedOn() {
    doThrow(new Rejection(ErrorCode.ARTEFACT_CHANGED, "model.onnx has other bytes"))
        .when(of(CheckPromotion.class))
        .handle(any());
    var training = scene.startToReview();

    assertThat(training).isWaitingAt("userTask_decideOnRefusedCandidate");
    Assertions.assertThat(scene.engine.variables(training))
        .containsEntry("failure", "model.onnx has other bytes");
  }

  @Test
  void aFailedSmokeTestIsDecidedOn() {
    doThrow(new Rejection(ErrorCode.STEP_FAILED, "no probabilities"))
        .when(of(CheckSmokeTest.class))
        .handle(any());
    var training = scene.startToProduction();

    assertThat(training).isWaitingAt("userTask_decideOnRefusedCandidate");
  }

  @Test
  void isCancelledWhileItTrains() {
    var training = scene.start();
    scene.process.cancel(scene.training, "wrong period");
    scene.engine.runJobs();

    assertThat(training).isEnded().hasPassed("endEvent_trainingCancelled");
    verify(of(CancelJob.class)).handle(any());
    verify(of(CancelTraining.class))
        .handle(new CancelTraining.Command(scene.training, "wrong period"));
    assertThatThrownBy(() -> scene.process.cancel(scene.training, "again"))
        .isInstanceOf(Rejection.class);
  }

  @Test
  void isCancelledWhileSomebodyDecides() {
    var training = scene.startToReview();
    scene.process.cancel(scene.training, "not needed");
    scene.engine.runJobs();

    assertThat(training).isEnded();
    Assertions.assertThat(scene.engine.hasTask()).isFalse();
  }

  @Test
  void remindsOfAnOverdueReview() {
    scene.startToReview();
    scene.engine.fire("boundaryTimer_reviewPromotionOverdue");

    verify(of(EscalateTask.class))
        .handle(
            new EscalateTask.Command(
                TrainingScene.PROJECT, scene.training.value(), "userTask_reviewPromotion"));
  }

  @Test
  void twoTrainingsOfOneModelRunAtOnce() {
    var first = scene.start();
    var second = new TrainingScene(context);
    var other = second.start();
    scene.finishOneStage();

    assertThat(first).isWaitingAt("callActivity_launchTraining");
    assertThat(other).isWaitingAt("callActivity_launchTraining");
    Assertions.assertThat(first.getId()).isNotEqualTo(other.getId());
  }

  private org.camunda.bpm.engine.runtime.ProcessInstance startWithoutInstance() {
    return scene.start();
  }

  private void failStep(String why) {
    doThrow(new Rejection(ErrorCode.STEP_FAILED, why)).when(of(CollectResult.class)).handle(any());
    scene.finishOneStage();
    doNothing().when(of(CollectResult.class)).handle(any());
  }

  private <T> T of(Class<T> useCase) {
    return scene.of(useCase);
  }

  private static ExternalFailure trouble() {
    return new ExternalFailure("storage", true, "is not reachable", null);
  }
}
