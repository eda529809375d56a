package org.balsam.process.round;

import java.util.List;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.model.FindRollbacks;
import org.balsam.usecase.round.RolledBackModels;
import org.springframework.stereotype.Component;

/** Asks the models' own use case. */
@Component
class RolledBackModelsAdapter implements RolledBackModels {

  private final FindRollbacks findRollbacks;

  RolledBackModelsAdapter(FindRollbacks findRollbacks) {
    this.findRollbacks = findRollbacks;
  }

  @Override
  public List<Found> of(ProjectId project, List<ModelVersionId> versions) {
    return findRollbacks.handle(new FindRollbacks.Command(project, versions)).found().stream()
        .map(one -> new Found(one.version(), one.at(), one.reason()))
        .toList();
  }
}
