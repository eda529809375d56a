package org.balsam.usecase.lab;

import java.time.Instant;
import org.balsam.kernel.ExplorationId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Computes when somebody is asked whether an exploration is renewed, and when it ends. */
@Component
public class PlanTerm {

  private final ExplorationRepository explorations;
  private final LabProperties properties;

  PlanTerm(ExplorationRepository explorations, LabProperties properties) {
    this.explorations = explorations;
    this.properties = properties;
  }

  /** What to plan. */
  public record Command(ExplorationId exploration) {}

  /**
   * The moments of its term; a reminder that has passed is due at once.
   *
   * @param summary what the exploration is and how long it lasts, for people
   */
  public record Result(Instant remindAt, Instant endsAt, String summary) {}

  /** Computes them. */
  @Transactional(readOnly = true)
  public Result handle(Command command) {
    var exploration = explorations.get(command.exploration);
    var endsAt = exploration.endsAt();
    return new Result(
        endsAt.minus(properties.remindBefore()), endsAt, ExplorationSummary.of(exploration));
  }
}
