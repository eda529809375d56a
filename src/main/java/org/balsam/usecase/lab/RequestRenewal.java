package org.balsam.usecase.lab;

import java.time.LocalDate;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Role;
import org.balsam.kernel.ShownText;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives an exploration more time before anybody was asked. */
@Component
public class RequestRenewal {

  private final OpenExplorations explorations;
  private final RecordAnswer answers;
  private final LabProcess process;

  RequestRenewal(OpenExplorations explorations, RecordAnswer answers, LabProcess process) {
    this.explorations = explorations;
    this.answers = answers;
    this.process = process;
  }

  /** What to renew until when, why, and who gives the time. */
  public record Command(ExplorationId exploration, LocalDate endDate, String reason, Actor actor) {
    public Command {
      reason = ShownText.check("reason", reason, 1, 2000);
    }
  }

  /**
   * Renews it; an owner may who did not ask for the exploration.
   *
   * @throws org.balsam.kernel.Forbidden SEPARATION_OF_DUTIES for who asked for it
   * @throws org.balsam.kernel.Invalid for an end date that is not allowed
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it cannot be worked in, or while a task
   *     asks for the renewal
   */
  @Transactional
  public void handle(Command command) {
    command.actor.requireAny(command.exploration.project(), Role.OWNER);
    explorations.of(command.exploration, command.actor);
    answers.handle(
        new RecordAnswer.Command(
            command.exploration,
            RecordAnswer.Answer.RENEW,
            command.reason,
            command.endDate,
            command.actor));
    process.renewed(command.exploration);
  }
}
