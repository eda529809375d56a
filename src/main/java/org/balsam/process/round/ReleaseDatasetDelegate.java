package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.COMMIT;
import static org.balsam.process.round.StatisticalRoundVariables.OUTPUT_SET;
import static org.balsam.process.round.StatisticalRoundVariables.RELEASE_SET;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.platform.storage.Manifest;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.dataset.ReleaseDataset;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Publishes the approved outputs. */
@Component
class ReleaseDatasetDelegate extends UseCaseDelegate {

  private final ReleaseDataset releaseDataset;

  ReleaseDatasetDelegate(ReleaseDataset releaseDataset) {
    this.releaseDataset = releaseDataset;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var result =
        releaseDataset.handle(
            new ReleaseDataset.Command(
                round(execution),
                COMMIT.get(execution),
                Manifest.Reference.parse(OUTPUT_SET.get(execution))));
    RELEASE_SET.set(execution, result.releaseSet().toString());
  }
}
