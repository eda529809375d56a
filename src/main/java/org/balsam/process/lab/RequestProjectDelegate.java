package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.CLASSIFICATION;
import static org.balsam.process.lab.ExplorationVariables.TRANSFER_COMMIT;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.Transfers;
import org.balsam.usecase.project.RequestProject;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Request project</i>. */
@Component
class RequestProjectDelegate extends UseCaseDelegate {

  private final RequestProject requestProject;
  private final Transfers transfers;

  RequestProjectDelegate(RequestProject requestProject, Transfers transfers) {
    this.requestProject = requestProject;
    this.transfers = transfers;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var commit = TRANSFER_COMMIT.get(execution);
    var transfer = transfers.of(exploration(execution), commit);
    try {
      requestProject.handle(command(transfer, exploration(execution), commit, execution));
    } catch (Invalid | NotFound unusable) {
      throw new Rejection(
          ErrorCode.DELIVERABLES_MISSING, "transfer.yaml cannot be used: " + unusable.getMessage());
    }
  }

  private static RequestProject.Command command(
      Transfers.Transfer transfer, ExplorationId from, String commit, DelegateExecution execution) {
    return new RequestProject.Command(
        transfer.project(),
        transfer.name(),
        "Transferred from exploration %s: %s. Its result is on branch %s of %s at commit %s."
            .formatted(from, transfer.title(), transfer.branch(), from.project(), commit),
        transfer.template(),
        Map.of(),
        transfer.owner(),
        Classification.parse(CLASSIFICATION.get(execution)),
        Actor.user(transfer.decidedBy(), Set.of()));
  }
}
