package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives the names of a project in other systems free. */
@Component
public class ReleaseIdentifiers {

  private final IdentifierLedger identifiers;

  ReleaseIdentifiers(IdentifierLedger identifiers) {
    this.identifiers = identifiers;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    identifiers.release(id);
  }
}
