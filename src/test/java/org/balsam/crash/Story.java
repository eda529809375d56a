package org.balsam.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.balsam.kernel.Period;
import org.balsam.standard.template.DemoData;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;

/** The people and the clock of the demo project, as far as a round needs them. */
final class Story {

  private static final String PROJECT = "emp-industry";
  private static final String ROUNDS = "/api/v1/projects/" + PROJECT + "/rounds";
  private static final Path DATA =
      Path.of("templates/statistical-production/data/us-employment.csv");
  private static final Set<String> PEOPLE = Set.of("methodology", "subject", "quality", "owner");

  private final ChildServer server;
  private final Api api;
  private final SortedMap<Period, byte[]> deliveries;
  private final Set<String> delivered = new HashSet<>();

  /** Tasks that nobody touches for now. */
  final Set<String> held = new HashSet<>();

  /** What is decided at Confirm inputs. */
  String inputs = "confirm";

  Story(ChildServer server) {
    this.server = server;
    this.api = new Api(server.base());
    try {
      deliveries = DemoData.byMonth(Files.readAllBytes(DATA), "month");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The round's state; empty before there is one. */
  String state(String round) {
    return api.get("owner", ROUNDS + "/" + round).body().path("state").asText("");
  }

  /** Delivers a month; {@code wrong} makes its total differ from the sum of its parts. */
  void deliver(String month, boolean wrong) {
    if (!delivered.add(month)) {
      return;
    }
    var content = deliveries.get(new Period(month));
    var path = "/api/v1/projects/" + PROJECT + "/datasets/raw/ces/objects/ces.csv?period=" + month;
    succeed(api.put("production", path, wrong ? wrong(content) : content), path);
  }

  private static byte[] wrong(byte[] content) {
    var lines = new String(content).lines().toList();
    var cells = lines.get(1).split(",");
    cells[1] = String.valueOf(Double.parseDouble(cells[1]) + 1000);
    return (lines.get(0) + "\n" + String.join(",", cells) + "\n").getBytes();
  }

  void deliverQuarter(String quarter, int months, boolean wrong) {
    var first = YearMonth.from(new Period(quarter).start());
    for (var i = 0; i < months; i++) {
      deliver(first.plusMonths(i).toString(), wrong && i == months - 1);
    }
  }

  /** Starts the round unless it is there. */
  void ensure(String quarter) {
    var round = PROJECT + "-" + quarter + "-r0";
    if (state(round).isEmpty()) {
      post("owner", ROUNDS, Map.of("period", quarter));
    }
  }

  /** Revises a released round unless its revision is there. */
  void ensureRevision(String quarter) {
    var former = PROJECT + "-" + quarter + "-r0";
    if (state(PROJECT + "-" + quarter + "-r1").isEmpty()) {
      post(
          "owner",
          ROUNDS + "/" + former + "/revise",
          Map.of("type", "routine", "reason", "the full quarter has arrived"));
    }
  }

  void request(String round, String what) {
    var path = ROUNDS + "/" + round + "/" + what;
    var answer = api.post("owner", path, Map.of("reason", "a test of crashes"));
    if (answer.status() != 409) { // asked before
      succeed(answer, path);
    }
  }

  /** Everybody does what they have to do in the round, but for what is held. */
  void work(String round) {
    for (var person : PEOPLE) {
      for (var task : api.get(person, "/api/v1/tasks?subject=" + round).body().path("items")) {
        var activity = task.path("activity").asText();
        var answer = held.contains(activity) ? null : answer(person, activity);
        if (answer != null) {
          // a refusal is a task that somebody has completed in the meantime
          api.post(
              person,
              "/api/v1/tasks/" + task.path("id").asText() + "/complete",
              Map.of("variables", answer));
        }
      }
    }
  }

  /** Whether anybody has this task. */
  boolean isOpen(String round, String activity) {
    for (var person : PEOPLE) {
      for (var task : api.get(person, "/api/v1/tasks?subject=" + round).body().path("items")) {
        if (task.path("activity").asText().equals(activity)) {
          return true;
        }
      }
    }
    return false;
  }

  private Map<String, String> answer(String person, String activity) {
    return switch (person + " " + activity) {
      case "methodology userTask_confirmInputs" ->
          Map.of("inputsDecision", inputs, "inputsReason", "as the test wants it");
      case "subject userTask_explainWarnings" ->
          Map.of("explanationDecision", "explain", "explanationReason", "the recession");
      case "subject userTask_decideOnFailedRun" -> Map.of("failureDecision", "retry");
      case "quality userTask_reviewResults" -> Map.of("reviewDecision", "approve");
      case "owner userTask_approveRelease" ->
          Map.of(
              "releaseDecision", "approve",
              "releaseLevel", "public",
              "releaseAt", Instant.now().plusSeconds(1).toString());
      case "owner userTask_evaluateRound" -> Map.of("evaluationDecision", "closed");
      default -> null;
    };
  }

  /** Lets the round's timers at these events be due now. */
  void elapse(String round, List<String> events) {
    var sql =
        """
        update engine.act_ru_job job set duedate_ = timestamp '2000-01-01'
          from engine.act_ru_jobdef definition, engine.act_ru_execution instance
          where definition.id_ = job.job_def_id_ and definition.act_id_ = any (?)
            and instance.id_ = job.process_instance_id_ and instance.business_key_ = ?
            and job.duedate_ > timestamp '2000-01-01'
        """;
    try (var connection = server.database();
        var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", events.toArray()));
      statement.setString(2, round);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new Api.Gone("the database", failure);
    }
  }

  private void post(String person, String path, Map<String, ?> body) {
    succeed(api.post(person, path, body), path);
  }

  private static void succeed(Api.Answer answer, String path) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(path + " answered " + answer.status() + answer.body());
    }
  }
}
