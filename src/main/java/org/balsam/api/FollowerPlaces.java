package org.balsam.api;

import java.util.HashMap;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.springframework.stereotype.Component;

/** How many connections at once may follow the trail: of this node, and of one person. */
@Component
class FollowerPlaces {

  private static final int OF_ONE_PERSON = 12;

  private final Map<String, Integer> taken = new HashMap<>();
  private final int limit;
  private int total;

  FollowerPlaces(ApiProperties properties) {
    this.limit = properties.maxFollowers();
  }

  /** Takes a place that {@link #leave} gives back. */
  synchronized void take(String person) {
    if (total >= limit || taken.getOrDefault(person, 0) >= OF_ONE_PERSON) {
      throw new ExternalFailure(
          ErrorCode.BUSY,
          "Balsam",
          true,
          "too many connections follow the trail now; at most "
              + OF_ONE_PERSON
              + " of one person and "
              + limit
              + " of all are served at once",
          null);
    }
    total++;
    taken.merge(person, 1, Integer::sum);
  }

  synchronized void leave(String person) {
    total--;
    taken.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
  }
}
