package org.balsam.usecase.incident;

import java.util.LinkedHashSet;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.usecase.incident.IncidentLedger.Retried;
import org.springframework.stereotype.Component;

/** Has the engine try once more what failed, after the cause was removed. */
@Component
public class RetryIncidents {

  private static final int MOST = 200;

  private final IncidentLedger ledger;

  RetryIncidents(IncidentLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param incidents 1 to 200 ids
   */
  public record Command(List<String> incidents, Actor actor) {
    public Command {
      incidents = List.copyOf(incidents);
    }
  }

  /** What became of one. */
  public record Answer(String incident, Retried outcome) {}

  /**
   * Each by itself: those before one that the engine refuses are tried again all the same, and the
   * whole may be repeated.
   *
   * @return in the order of the command, each id once
   * @throws org.balsam.kernel.Forbidden for anybody but administrators of the platform
   * @throws Invalid for none or too many
   */
  public List<Answer> handle(Command command) {
    command.actor.requirePlatformAdministrator();
    if (command.incidents.isEmpty() || command.incidents.size() > MOST) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "/incidents",
          command.incidents.size() + " are not in the range 1 to " + MOST);
    }
    return new LinkedHashSet<>(command.incidents)
        .stream()
            .map(incident -> new Answer(incident, ledger.retry(incident, command.actor)))
            .toList();
  }
}
