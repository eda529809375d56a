package org.balsam.usecase.round;

import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a round's workspace. */
@Component
public class TearDownWorkspace {

  private final WorkspaceRuntime workspaces;

  TearDownWorkspace(WorkspaceRuntime workspaces) {
    this.workspaces = workspaces;
  }

  /** What to tear down. */
  public record Command(RoundId round) {}

  /** Makes sure that it is gone. */
  @Transactional
  public void handle(Command command) {
    workspaces.removeWorkspace(command.round.project(), command.round.value());
  }
}
