package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.DATASETS;
import static org.balsam.process.lab.ExplorationVariables.PROJECT;
import static org.balsam.process.lab.ExplorationVariables.REQUEST_SUMMARY;
import static org.balsam.process.lab.ExplorationVariables.SUSPENSION_REASON;

import java.util.Map;
import org.balsam.kernel.ExplorationId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.process.engine.MessageCorrelation;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.LabProcess;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Starts the instance of {@code exploration.bpmn} of an exploration and hands it messages. */
@Component
class LabProcessAdapter implements LabProcess {

  private static final String DEFINITION = "exploration";

  private final RuntimeService runtime;
  private final EngineAccess access;
  private final MessageCorrelation messages;

  LabProcessAdapter(
      @Lazy RuntimeService runtime, EngineAccess access, MessageCorrelation messages) {
    this.runtime = runtime;
    this.access = access;
    this.messages = messages;
  }

  @Override
  public void start(ExplorationId exploration, String summary, String datasets) {
    Map<String, Object> variables =
        Map.of(
            PROJECT.name(), exploration.project().value(),
            REQUEST_SUMMARY.name(), UseCaseDelegate.text(summary),
            DATASETS.name(), datasets);
    access.asSystem(
        () -> {
          runtime.startProcessInstanceByKey(DEFINITION, exploration.value(), variables);
        });
  }

  @Override
  public void renewed(ExplorationId exploration) {
    send("balsam.explorationRenewed", exploration, Map.of());
  }

  @Override
  public void suspend(ExplorationId exploration, String reason) {
    send("balsam.suspensionRequested", exploration, Map.of(SUSPENSION_REASON.name(), reason));
  }

  @Override
  public void resume(ExplorationId exploration) {
    send("balsam.resumptionRequested", exploration, Map.of());
  }

  @Override
  public void withdraw(ExplorationId exploration) {
    send("balsam.explorationWithdrawn", exploration, Map.of());
  }

  @Override
  public void end(ExplorationId exploration) {
    send("balsam.endRequested", exploration, Map.of());
  }

  private void send(String message, ExplorationId exploration, Map<String, Object> variables) {
    messages.send(message, "exploration " + exploration, exploration.value(), variables);
  }
}
