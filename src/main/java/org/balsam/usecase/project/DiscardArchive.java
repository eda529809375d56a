package org.balsam.usecase.project;

import java.util.List;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes the archive of a closing that does not come about. */
@Component
public class DiscardArchive {

  private final ProjectRepository projects;
  private final ClosureLedger closures;
  private final ClosureArchive archive;

  DiscardArchive(ProjectRepository projects, ClosureLedger closures, ClosureArchive archive) {
    this.projects = projects;
    this.closures = closures;
    this.archive = archive;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. What is locked already stays. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    projects.locked(id).require(ProjectState.CLOSING);
    archive.discard(closures.require(id, ClosureStage.APPROVED));
    closures.keepArchive(id, List.of());
  }
}
