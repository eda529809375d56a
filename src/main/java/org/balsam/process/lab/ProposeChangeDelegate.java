package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.CLASSIFICATION;
import static org.balsam.process.lab.ExplorationVariables.TRANSFER_COMMIT;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import org.balsam.kernel.Classification;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.lab.Transfers;
import org.balsam.usecase.project.ProposeChange;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Propose change</i>. */
@Component
class ProposeChangeDelegate extends UseCaseDelegate {

  private final ProposeChange proposeChange;
  private final Transfers transfers;

  ProposeChangeDelegate(ProposeChange proposeChange, Transfers transfers) {
    this.proposeChange = proposeChange;
    this.transfers = transfers;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var commit = TRANSFER_COMMIT.get(execution);
    var transfer = transfers.of(exploration(execution), commit);
    proposeChange.handle(
        new ProposeChange.Command(
            transfer.project(),
            exploration(execution),
            commit,
            transfer.title(),
            Classification.parse(CLASSIFICATION.get(execution)),
            transfer.owner(),
            transfer.decidedBy()));
  }
}
