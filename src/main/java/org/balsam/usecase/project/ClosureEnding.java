package org.balsam.usecase.project;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;

/**
 * Ends a closing without closing: gives back everything that was taken, also by a step that never
 * came to its end, which no compensation handler knows.
 */
@Component
class ClosureEnding {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ProjectRestoration restoration;
  private final ClosureArchive archive;
  private final Messenger messenger;
  private final AuditTrail audit;

  ClosureEnding(
      ProjectRepository projects,
      ClosureLedger closures,
      ProjectRestoration restoration,
      ClosureArchive archive,
      Messenger messenger,
      AuditTrail audit) {
    this.projects = projects;
    this.closures = closures;
    this.restoration = restoration;
    this.archive = archive;
    this.messenger = messenger;
    this.audit = audit;
  }

  /** The project goes on; repeating it changes nothing more. */
  void goOn(ProjectId id, ClosureStage stage, String why) {
    var project = projects.locked(id);
    var closure = closures.require(id, ClosureStage.REQUESTED, ClosureStage.APPROVED, stage);
    if (project.state() == ProjectState.CLOSING) {
      restoration.all(id);
      archive.discard(closure);
      closures.keepArchive(id, List.of());
    }
    project.goOn();
    closures.enter(id, stage, why);
    messenger.send(
        new Messenger.Notice(
            id + "/goes-on/" + closure.attempt(),
            Messenger.Kind.ALARM,
            id,
            List.of(),
            project.name() + " goes on",
            "The project " + id + " is not closed: " + why,
            ""));
    audit.record(
        AuditEntry.done("project.closure." + stage.value(), id.value(), id.value()).because(why));
  }
}
