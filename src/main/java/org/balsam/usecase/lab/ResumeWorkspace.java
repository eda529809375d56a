package org.balsam.usecase.lab;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets people work in a suspended workspace again. */
@Component
public class ResumeWorkspace {

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime workspaces;
  private final AuditTrail trail;
  private final Clock clock;

  ResumeWorkspace(
      ExplorationRepository explorations,
      WorkspaceRuntime workspaces,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.workspaces = workspaces;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to resume. */
  public record Command(ExplorationId exploration) {}

  /** Makes sure that it is resumed; the time until it is idle begins anew. */
  @Transactional
  public void handle(Command command) {
    var exploration = explorations.lock(command.exploration);
    workspaces.resume(command.exploration.project(), exploration.workspace);
    exploration.enter(ExplorationState.ACTIVE, clock.instant());
    trail.record(AuditEntry.done("exploration.resumed", exploration.project, exploration.id));
  }
}
