package org.balsam.production;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.testing.Api;

/** The jobs that the engine has given up, as an administrator deals with them. */
final class Incidents {

  private final Api api;
  private final Set<String> messages = new TreeSet<>();

  Incidents(Api api) {
    this.api = api;
  }

  /** Has everything tried again that is not tried any more. */
  void retry() {
    var stuck = api.get("admin", "/engine-rest/job?noRetriesLeft=true");
    if (stuck.status() != 200) {
      return;
    }
    for (var job : stuck.body()) {
      messages.add(job.path("exceptionMessage").asText());
      System.out.println("an incident: " + job.path("exceptionMessage").asText());
      api.put(
          "admin",
          "/engine-rest/job/" + job.path("id").asText() + "/retries",
          Map.of("retries", 1));
    }
  }

  /** What they said. */
  Set<String> messages() {
    return messages;
  }
}
