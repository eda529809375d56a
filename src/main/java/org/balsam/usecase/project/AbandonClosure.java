package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a closing that a person gave up: the project goes on with everything it had. */
@Component
public class AbandonClosure {

  private final ClosureEnding ending;

  AbandonClosure(ClosureEnding ending) {
    this.ending = ending;
  }

  /** What to do. */
  public record Command(ProjectId project, String reason) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional
  public void handle(Command command) {
    ending.goOn(command.project(), ClosureStage.FAILED, command.reason());
  }
}
