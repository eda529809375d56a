package org.balsam.bench;

import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.balsam.testing.Api;
import org.balsam.testing.Browser;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;

/**
 * A real server with some projects and rounds. One round was led from its beginning to its end and
 * one waits for a person; all others are copies of these two.
 */
final class FilledServer implements AutoCloseable {

  /** The round that was led to its end. */
  static final String FINISHED = "emp-industry-2008-q4-r0";

  private static final String DEMO = "emp-industry";
  private static final String WAITING = DEMO + "-2009-q1-r0";
  private static final int MOST_WAITING = 500;
  private static final List<String> OTHERS = List.of("prices", "wages", "trade", "energy");
  private static final List<String> PEOPLE =
      List.of("owner", "subject", "methodology", "production", "quality", "release", "auditor");

  private final ChildServer server;
  private final Api api;
  private final RoundClient rounds;
  private final Browser browser;

  /**
   * Starts it; it takes some minutes until it has its rounds. A folder that is there already has
   * them.
   *
   * @param count of all rounds, at least 10; up to 500 of them, at most half, wait for people
   */
  FilledServer(Path folder, int count) throws Exception {
    Files.createDirectories(folder);
    server = new ChildServer(folder);
    api = new Api(server.base());
    rounds = new RoundClient(api);
    browser = new Browser(server.base());
    try {
      fill(count);
    } catch (Exception | AssertionError failure) {
      server.close();
      throw failure;
    }
  }

  private void fill(int count) throws Exception {
    if (Files.exists(server.home())) {
      server.start(List.of("-Dbalsam.demo.enabled=false"));
    } else {
      server.start(List.of());
      leadToTheEnd();
      leadToTheReview();
      OTHERS.forEach(this::makeProject);
      copy(count);
    }
    browser.signIn("quality", "balsam");
  }

  /** What the person who has signed in reads; it must be there. */
  String read(String path) throws IOException, InterruptedException {
    var answer = browser.get("/api/v1" + path);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " answered " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  private void leadToTheEnd() {
    decide(FINISHED, "methodology", "confirmInputs", Map.of("inputsDecision", "confirm"));
    decide(FINISHED, "quality", "reviewResults", Map.of("reviewDecision", "approve"));
    decide(FINISHED, "owner", "approveRelease", approval(at(1)));
    decide(FINISHED, "owner", "evaluateRound", Map.of("evaluationDecision", "closed"));
    await(() -> rounds.state(FINISHED).equals("closed"));
  }

  private void decide(String round, String person, String task, Map<String, String> answer) {
    var activity = "userTask_" + task;
    await(() -> rounds.isOpen(person, round, activity));
    rounds.complete(person, round, activity, answer);
  }

  private void leadToTheReview() throws IOException {
    for (var month : List.of("2008-12", "2009-01", "2009-02")) {
      rounds.deliver(month);
    }
    succeed(api.post("owner", RoundClient.PROJECT + "/rounds", Map.of("period", "2009-q1")));
    decide(WAITING, "methodology", "confirmInputs", Map.of("inputsDecision", "confirm"));
    decide(
        WAITING,
        "subject",
        "explainWarnings",
        Map.of("explanationDecision", "explain", "explanationReason", "the recession"));
    await(() -> rounds.isOpen("quality", WAITING, "userTask_reviewResults"));
  }

  /** An active project in which everybody has the role of their name. */
  private void makeProject(String id) {
    succeed(
        api.post(
            "owner",
            "/api/v1/projects",
            Map.of(
                "id", id,
                "name", "Survey of " + id,
                "purpose", "Has some of the many rounds",
                "template", "statistical-production",
                "classification", "internal")));
    decide(id, "admin", "approveProject", Map.of("approvalDecision", "approve"));
    var path = "/api/v1/projects/" + id;
    await(() -> api.get("owner", path).body().path("state").asText().equals("active"));
    for (var person : PEOPLE) {
      succeed(api.put("admin", path + "/members/" + person, Map.of("roles", List.of(person))));
    }
  }

  private void copy(int count) throws SQLException {
    var projects = Stream.concat(Stream.of(DEMO), OTHERS.stream()).toList();
    var waiting = Math.min(count / 2, MOST_WAITING);
    try (var database = server.database()) {
      var many = new ManyRounds(database, projects);
      many.copy(WAITING, 1, waiting - 1);
      many.copy(FINISHED, waiting, count - 2);
      many.analyze();
    }
  }

  private static void succeed(Api.Answer answer) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
