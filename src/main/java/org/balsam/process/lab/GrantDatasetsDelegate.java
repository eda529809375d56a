package org.balsam.process.lab;

import static org.balsam.process.lab.ExplorationVariables.DATASETS;
import static org.balsam.process.lab.ExplorationVariables.GRANT_SET;
import static org.balsam.process.lab.ExplorationVariables.exploration;

import java.util.Arrays;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.dataset.GrantDatasets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Grant datasets</i>. */
@Component
class GrantDatasetsDelegate extends UseCaseDelegate {

  private final GrantDatasets grantDatasets;

  GrantDatasetsDelegate(GrantDatasets grantDatasets) {
    this.grantDatasets = grantDatasets;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var versions =
        Arrays.stream(DATASETS.get(execution).split(","))
            .filter(version -> !version.isEmpty())
            .map(DatasetVersionId::parse)
            .toList();
    var granted = grantDatasets.handle(new GrantDatasets.Command(exploration(execution), versions));
    GRANT_SET.set(execution, granted.grantSet());
  }
}
