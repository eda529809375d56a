package org.balsam.process.round;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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
import org.balsam.usecase.round.SealEvidence;
import org.balsam.usecase.round.TearDownWorkspace;
import org.balsam.usecase.round.VerifyApproval;
import org.balsam.usecase.round.WithdrawPublication;
import org.balsam.usecase.step.CancelJob;
import org.balsam.usecase.step.CollectResult;
import org.balsam.usecase.step.ReconcileJob;
import org.balsam.usecase.step.SubmitJob;
import org.balsam.usecase.task.EscalateTask;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Replaces everything that a round and its steps do by mocks; the engine stays real. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MockitoBean(
    types = {
      AnnounceRelease.class,
      CancelJob.class,
      CancelRound.class,
      CheckQuality.class,
      CloseRound.class,
      CollectResult.class,
      EnterState.class,
      EscalateTask.class,
      FreezeInputs.class,
      MarkReleased.class,
      NotifyRelease.class,
      OpenRound.class,
      PlanRun.class,
      PlanStage.class,
      ProvisionWorkspace.class,
      ReconcileJob.class,
      RecordDecision.class,
      ReleaseDataset.class,
      SealEvidence.class,
      SubmitJob.class,
      TearDownWorkspace.class,
      VerifyApproval.class,
      WithdrawPublication.class
    })
public @interface RoundUseCases {}
