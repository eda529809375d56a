package org.balsam.process.round;

import java.util.Collection;
import java.util.List;
import org.balsam.usecase.round.RoundCourse.Activity;

/**
 * The engine calls each passage through an event-based gateway cancelled, because the event that
 * comes ends it. It is only if none of its events came: if something else ended the wait.
 */
final class EventGateways {

  private static final String TYPE = "eventBasedGateway";

  private EventGateways() {}

  /** The same passages, in which a gateway whose event came has ended as others do. */
  static List<Activity> ended(List<Activity> activities, Collection<TakenFlows.Flow> flows) {
    return activities.stream()
        .map(passage -> isDecided(passage, activities, flows) ? ended(passage) : passage)
        .toList();
  }

  private static boolean isDecided(
      Activity passage, List<Activity> activities, Collection<TakenFlows.Flow> flows) {
    return passage.cancelled()
        && passage.type().equals(TYPE)
        && flows.stream()
            .filter(flow -> flow.source().equals(passage.activity()))
            .anyMatch(flow -> activities.stream().anyMatch(next -> follows(next, flow, passage)));
  }

  private static boolean follows(Activity next, TakenFlows.Flow flow, Activity passage) {
    return next.activity().equals(flow.target())
        && passage.endedAt() != null
        && !next.startedAt().isBefore(passage.endedAt());
  }

  private static Activity ended(Activity passage) {
    return new Activity(
        passage.activity(),
        passage.name(),
        passage.type(),
        passage.startedAt(),
        passage.endedAt(),
        false);
  }
}
