package org.balsam.process.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.balsam.usecase.dataset.FindDueTrainings;
import org.balsam.usecase.dataset.FreezeSets;
import org.balsam.usecase.dataset.FreezeTrainingData;
import org.balsam.usecase.model.CancelTraining;
import org.balsam.usecase.model.CheckPromotion;
import org.balsam.usecase.model.CheckResources;
import org.balsam.usecase.model.CheckSmokeTest;
import org.balsam.usecase.model.CollectTraining;
import org.balsam.usecase.model.CompareReproduction;
import org.balsam.usecase.model.CompareWithRecord;
import org.balsam.usecase.model.EnterTrainingState;
import org.balsam.usecase.model.EvaluateCandidate;
import org.balsam.usecase.model.NotifyPromotion;
import org.balsam.usecase.model.OpenTraining;
import org.balsam.usecase.model.PlanEvaluation;
import org.balsam.usecase.model.PlanReproduction;
import org.balsam.usecase.model.PlanSmokeTest;
import org.balsam.usecase.model.PlanTraining;
import org.balsam.usecase.model.PlanTrainingStage;
import org.balsam.usecase.model.PromoteToProduction;
import org.balsam.usecase.model.PromoteToStaging;
import org.balsam.usecase.model.RecordTrainingDecision;
import org.balsam.usecase.model.RegisterCandidate;
import org.balsam.usecase.model.RetrainModel;
import org.balsam.usecase.model.RetrainOnData;
import org.balsam.usecase.model.SealTrainingEvidence;
import org.balsam.usecase.model.StopTraining;
import org.balsam.usecase.model.Trainings;
import org.balsam.usecase.model.VerifyPromotion;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.step.SubmitJob;
import org.balsam.usecase.task.EscalateTask;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Replaces everything that a training and its steps do by mocks; the engine stays real. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MockitoBean(
    types = {
      CancelJob.class,
      CancelTraining.class,
      CheckPromotion.class,
      CheckResources.class,
      CheckSmokeTest.class,
      CollectResult.class,
      CollectTraining.class,
      CompareReproduction.class,
      CompareWithRecord.class,
      EnterTrainingState.class,
      EscalateTask.class,
      EvaluateCandidate.class,
      FindDueTrainings.class,
      FreezeSets.class,
      FreezeTrainingData.class,
      NotifyPromotion.class,
      OpenTraining.class,
      PlanEvaluation.class,
      PlanReproduction.class,
      PlanSmokeTest.class,
      PlanTraining.class,
      PlanTrainingStage.class,
      Projects.class,
      PromoteToProduction.class,
      PromoteToStaging.class,
      ReconcileJob.class,
      RecordTrainingDecision.class,
      RegisterCandidate.class,
      RetrainModel.class,
      RetrainOnData.class,
      SealTrainingEvidence.class,
      StopTraining.class,
      SubmitJob.class,
      Trainings.class,
      VerifyPromotion.class
    })
public @interface TrainingUseCases {}
