package org.balsam.process.round;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.usecase.round.RoundCourse.Activity;

/**
 * Which sequence flows were taken. The engine keeps no history of flows: an element was reached
 * from that of its predecessors which ended last before it started.
 */
final class TakenFlows {

  private TakenFlows() {}

  /** A sequence flow of a model. */
  record Flow(String id, String source, String target) {}

  /** Ids of the flows that were taken, in the order of the first time. */
  static List<String> of(List<Activity> activities, Collection<Flow> flows) {
    var incoming = flows.stream().collect(Collectors.groupingBy(Flow::target));
    var passages = activities.stream().collect(Collectors.groupingBy(Activity::activity));
    return activities.stream()
        .flatMap(activity -> taken(activity, incoming, passages).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> taken(
      Activity reached, Map<String, List<Flow>> incoming, Map<String, List<Activity>> passages) {
    return incoming.getOrDefault(reached.activity(), List.of()).stream()
        .flatMap(
            flow ->
                passages.getOrDefault(flow.source(), List.of()).stream()
                    .filter(source -> leads(source, reached))
                    .map(source -> Map.entry(source.endedAt(), flow.id())))
        .max(Map.Entry.comparingByKey(Comparator.<Instant>naturalOrder()))
        .map(Map.Entry::getValue);
  }

  private static boolean leads(Activity source, Activity reached) {
    return source.endedAt() != null
        && !source.cancelled()
        && !source.endedAt().isAfter(reached.startedAt());
  }
}
