package org.balsam.usecase.lab;

import java.util.List;
import java.util.Set;
import org.balsam.platform.health.Holdings;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Workspaces of explorations: what people made in them is nowhere else until they end. */
@Component
class OpenWorkspaces implements Holdings {

  private final ExplorationRepository explorations;

  OpenWorkspaces(ExplorationRepository explorations) {
    this.explorations = explorations;
  }

  @Override
  public Set<String> ports() {
    return Set.of("compute");
  }

  @Override
  public List<String> names(int limit) {
    var withWorkspace =
        List.of(ExplorationState.ACTIVE, ExplorationState.SUSPENDED, ExplorationState.DECIDING);
    return explorations.findByStateInOrderById(withWorkspace, Limit.of(limit)).stream()
        .map(exploration -> "exploration " + exploration.id)
        .toList();
  }

  @Override
  public boolean isMovable() {
    return false;
  }

  @Override
  public void adopt(String port) {
    // a workspace that is open is never brought elsewhere
  }
}
