package org.balsam.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.balsam.kernel.Period;
import org.balsam.standard.template.DemoData;

/** The rounds of the demo project as its people lead them over the API. */
public final class RoundClient {

  /** The path of the demo project. */
  public static final String PROJECT = "/api/v1/projects/emp-industry";

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Path DATA =
      Path.of("templates/statistical-production/data/us-employment.csv");
  private static final Set<String> PEOPLE =
      Set.of("owner", "subject", "methodology", "production", "quality", "release", "auditor");

  private final Api api;

  public RoundClient(Api api) {
    this.api = api;
  }

  /** The ids of the tasks that each person sees. */
  public TreeMap<String, Set<String>> taskLists() {
    var lists = new TreeMap<String, Set<String>>();
    for (var person : PEOPLE) {
      var ids = api.get(person, "/api/v1/tasks?limit=200").body().path("items");
      lists.put(person, new TreeSet<>(ids.findValuesAsText("id")));
    }
    return lists;
  }

  /** Whether the person has this task of the round. */
  public boolean isOpen(String person, String round, String activity) {
    return !task(person, round, activity).isEmpty();
  }

  /** The id of the task; empty when the person has none. */
  public String task(String person, String round, String activity) {
    for (var task : api.get(person, "/api/v1/tasks?subject=" + round).body().path("items")) {
      if (task.path("activity").asText().equals(activity)) {
        return task.path("id").asText();
      }
    }
    return "";
  }

  /** Completes the task, which must succeed. */
  public void complete(
      String person, String round, String activity, Map<String, String> variables) {
    var path = completion(task(person, round, activity));
    var done = api.post(person, path, Map.of("variables", variables));
    assertThat(done.status()).as(done.text()).isEqualTo(204);
  }

  /** The path that completes a task. */
  public static String completion(String task) {
    return "/api/v1/tasks/" + task + "/complete";
  }

  /** The answers that approve the release. */
  public static Map<String, String> approval(String releaseAt) {
    return Map.of("releaseDecision", "approve", "releaseLevel", "public", "releaseAt", releaseAt);
  }

  /** A moment some seconds from now. */
  public static String at(int seconds) {
    return Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Asks for something of the round; gives the status. */
  public int post(String person, String round, String what, Map<String, String> body) {
    return api.post(person, PROJECT + "/rounds/" + round + "/" + what, body).status();
  }

  /** The state of the round. */
  public String state(String round) {
    return api.get("owner", PROJECT + "/rounds/" + round).body().path("state").asText();
  }

  /** The number of its last run. */
  public long run(String round) {
    return api.get("owner", PROJECT + "/rounds/" + round).body().at("/runs/0/number").asLong();
  }

  /** The moments that were announced. */
  public List<String> announcements(String round) {
    return api.get("owner", PROJECT + "/rounds/" + round)
        .body()
        .path("announcements")
        .findValuesAsText("releaseAt");
  }

  /** What the timeline of the round tells. */
  public List<String> actions(String round) {
    var timeline = api.get("auditor", PROJECT + "/rounds/" + round + "/timeline?limit=200").body();
    return timeline.path("items").findValuesAsText("action");
  }

  /** Delivers the data of a month. */
  public void deliver(String month) throws IOException {
    var path = PROJECT + "/datasets/raw/ces/objects/ces.csv?period=" + month;
    assertThat(api.put("production", path, dataOf(month)).status()).isEqualTo(200);
  }

  /** The data of a month. */
  public static byte[] dataOf(String month) throws IOException {
    return DemoData.byMonth(Files.readAllBytes(DATA), "month").get(new Period(month));
  }

  /** Waits until it is so. */
  public static void await(BooleanSupplier condition) {
    var deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited in vain").isBefore(deadline);
      ChildServer.pause();
    }
  }
}
