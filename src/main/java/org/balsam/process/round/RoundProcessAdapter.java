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
import org.balsam.process.engine.MessageCorrelation;
import org.balsam.usecase.round.RoundProcess;
import org.balsam.usecase.round.Trigger;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Starts the instance of {@code statistical-round.bpmn} of a round and hands it messages. */
@Component
class RoundProcessAdapter implements RoundProcess {

  static final String DEFINITION = "statisticalRound";

  private final RuntimeService runtime;
  private final EngineAccess access;
  private final MessageCorrelation messages;

  RoundProcessAdapter(
      @Lazy RuntimeService runtime, EngineAccess access, MessageCorrelation messages) {
    this.runtime = runtime;
    this.access = access;
    this.messages = messages;
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
    messages.send(message, "round " + round, round.value(), variables);
  }
}
