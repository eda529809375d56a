package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Suspends a workspace in which nothing has happened for too long. */
@Component
public class CheckActivity {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final LabProperties properties;
  private final AuditTrail trail;
  private final Clock clock;

  CheckActivity(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      LabProperties properties,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.properties = properties;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to check. */
  public record Command(ExplorationId exploration) {}

  /**
   * How it stands.
   *
   * @param idle whether it is suspended now
   * @param checkAt the earliest moment at which it can have become idle
   */
  public record Result(boolean idle, Instant checkAt) {}

  /** Checks it. Time before the workspace was opened or resumed does not count. */
  @Transactional
  public Result handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    var project = command.exploration.project();
    var workspace =
        workspaces
            .find(project, exploration.workspace)
            .orElseThrow(() -> new NotFound("there is no workspace " + exploration.workspace));
    var since =
        workspace.lastActivity().isAfter(exploration.stateSince)
            ? workspace.lastActivity()
            : exploration.stateSince;
    var idleAt = since.plus(properties.idleAfter());
    var idle = workspace.state() == State.SUSPENDED || !idleAt.isAfter(clock.instant());
    if (idle && workspace.state() != State.SUSPENDED) {
      var reason = "nothing happened since " + since.truncatedTo(ChronoUnit.SECONDS);
      workspaces.suspend(project, exploration.workspace, "Suspended: " + reason + ".");
      trail.record(
          AuditEntry.done("exploration.suspended", exploration.project, exploration.id)
              .because(reason));
    }
    exploration.enter(idle ? ExplorationState.SUSPENDED : ExplorationState.ACTIVE, clock.instant());
    return new Result(idle, idleAt);
  }
}
