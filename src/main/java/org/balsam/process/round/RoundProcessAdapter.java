package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.ANNOUNCEMENT_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.CANCEL_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.PROJECT;
import static org.balsam.process.round.StatisticalRoundVariables.RELEASE_AT;
import static org.balsam.process.round.StatisticalRoundVariables.WITHDRAW_REASON;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.round.RoundProcess;
import org.balsam.usecase.round.Trigger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Starts the instance of {@code statistical-round.bpmn} of a round and hands it messages. */
@Component
class RoundProcessAdapter implements RoundProcess {

  static final String DEFINITION = "statisticalRound";

  private final RuntimeService runtime;
  private final EngineAccess access;

  RoundProcessAdapter(@Lazy RuntimeService runtime, EngineAccess access) {
    this.runtime = runtime;
    this.access = access;
  }

  @Override
  public void start(RoundId round, Trigger trigger) {
    access.asSystem(
        () -> {
          refuseIfRunning(round);
          switch (trigger) {
            case DATA ->
                runtime
                    .createMessageCorrelation("balsam.roundDataArrived")
                    .processInstanceBusinessKey(round.value())
                    .setVariable(PROJECT.name(), round.project().value())
                    .correlateStartMessage();
            case PERSON, SCHEDULE -> runtime.startProcessInstanceByKey(DEFINITION, round.value());
          }
        });
  }

  @Override
  public void cancel(RoundId round, String reason) {
    send("balsam.cancelRequested", round, Map.of(CANCEL_REASON.name(), reason));
  }

  @Override
  public void withdraw(RoundId round, String reason) {
    send("balsam.withdrawRequested", round, Map.of(WITHDRAW_REASON.name(), reason));
  }

  @Override
  public void postpone(RoundId round, Instant releaseAt, String reason) {
    send(
        "balsam.releasePostponed",
        round,
        Map.of(RELEASE_AT.name(), Date.from(releaseAt), ANNOUNCEMENT_REASON.name(), reason));
  }

  private void refuseIfRunning(RoundId round) {
    var running =
        runtime
            .createProcessInstanceQuery()
            .processDefinitionKey(DEFINITION)
            .processInstanceBusinessKey(round.value())
            .count();
    if (running > 0) {
      throw new Rejection(ErrorCode.WRONG_STATE, "round " + round + " is already running");
    }
  }

  private void send(String message, RoundId round, Map<String, Object> variables) {
    try {
      access.asSystem(() -> correlate(message, round, variables));
    } catch (OptimisticLockingException wentOnMeanwhile) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "round " + round + " went on at this very moment; try again");
    }
  }

  private void correlate(String message, RoundId round, Map<String, Object> variables) {
    // asked first: a failed correlation would mark the caller's transaction for rollback
    var waiting =
        runtime
            .createExecutionQuery()
            .messageEventSubscriptionName(message)
            .processInstanceBusinessKey(round.value())
            .count();
    if (waiting == 0) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the process of round " + round + " does not wait for '" + message + "'");
    }
    runtime
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(round.value())
        .setVariables(variables)
        .correlate();
  }
}
