package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a closing that was not approved: the project goes on. */
@Component
public class RejectClosure {

  private final ClosureEnding ending;

  RejectClosure(ClosureEnding ending) {
    this.ending = ending;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    ending.goOn(command.project(), ClosureStage.REJECTED, command.reason());
  }
}
