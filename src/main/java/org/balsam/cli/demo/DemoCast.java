package org.balsam.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** The demo's people at the public API of one Balsam. For one thread. */
final class DemoCast {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Map<String, DemoClient> people = new HashMap<>();
  private final URI base;

  DemoCast(URI base) {
    this.base = base;
  }

  DemoClient as(String person) {
    return people.computeIfAbsent(person, name -> new DemoClient(base, name, DemoPeople.PASSWORD));
  }

  /** The task of this person about a subject at an element of the model, if there is one. */
  Optional<JsonNode> task(String person, String subject, String activity) {
    var tasks = as(person).get("/api/v1/tasks?subject=" + subject).path("items");
    return StreamSupport.stream(tasks.spliterator(), false)
        .filter(task -> task.path("activity").asText().equals(activity))
        .findFirst();
  }

  void complete(String person, JsonNode task, Map<String, String> variables) {
    as(person)
        .post(
            "/api/v1/tasks/" + task.path("id").asText() + "/complete",
            Map.of("variables", variables));
  }

  /** Waits until it is so; fails with what it waited for. */
  void await(String what, BooleanSupplier done) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!done.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the demo waited in vain for " + what);
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      }
    }
  }
}
