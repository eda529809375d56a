package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real server with SIGKILL at every service task of the round and of the step, each time
 * restarts it on the same folder, and then looks for anything that happened twice or not at all.
 */
class KillNineIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** So that a restarted server soon takes over what the killed one held. */
  private static final String SHORT_LOCK = "-Dbalsam.engine.job-lock-millis=10000";

  private static final String CONFIRMED = "emp-industry-2008-q4-r0";
  private static final String WITHDRAWN = "emp-industry-2008-q4-r1";
  private static final String EXPLAINED = "emp-industry-2009-q1-r0";
  private static final String BLOCKED = "emp-industry-2009-q2-r0";
  private static final String GIVEN_UP = "emp-industry-2009-q3-r0";

  /** One death: where, when, and in which round. */
  private record Kill(String round, String element, Moment moment) {}

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private ChildServer server;
  private Story story;

  @Test
  void everyEffectOfARoundHappensOnceWhereverTheServerIsKilled() throws Exception {
    var kills = kills();
    assertThat(kills.stream().map(Kill::element).distinct())
        .as("each service task of the models is killed at least once")
        .containsExactlyInAnyOrderElementsOf(serviceTasks());
    server = new ChildServer(folder);
    try {
      story = new Story(server);
      for (var kill : kills) {
        survive(kill);
      }
      server.start(List.of(SHORT_LOCK));
      finish();
      assertOnce();
      assertAuditVerifies();
    } finally {
      server.close();
    }
  }

  /** In the order in which the rounds come to them. */
  private static List<Kill> kills() {
    return Stream.of(
            effects(
                CONFIRMED,
                "openRound",
                "freezeInputs",
                "escalateConfirmInputs",
                "provisionWorkspace",
                "planRun",
                "planStage",
                "submitJob",
                "reconcileJob",
                "collectResult",
                "checkQuality",
                "escalateReviewResults",
                "escalateApproveRelease",
                "announceRelease",
                "verifyApproval",
                "releaseDataset",
                "markReleased",
                "sealEvidence",
                "notifyRelease",
                "tearDownWorkspace",
                "escalateEvaluateRound",
                "closeRound"),
            effects(WITHDRAWN, "cancelJob", "escalateDecideOnFailedRun"),
            Stream.of(
                new Kill(WITHDRAWN, "serviceTask_submitJob", Moment.COMMITTED),
                new Kill(WITHDRAWN, "serviceTask_releaseDataset", Moment.COMMITTED),
                new Kill(WITHDRAWN, "serviceTask_markReleased", Moment.BEFORE)),
            effects(WITHDRAWN, "withdrawPublication"),
            effects(EXPLAINED, "escalateExplainWarnings", "cancelRequestedRound"),
            effects(BLOCKED, "escalateCorrectOrWaive"),
            effects(GIVEN_UP, "cancelRound"))
        .flatMap(kills -> kills)
        .toList();
  }

  private static Stream<Kill> effects(String round, String... tasks) {
    return Stream.of(tasks).map(task -> new Kill(round, "serviceTask_" + task, Moment.EFFECT));
  }

  private static Set<String> serviceTasks() throws IOException {
    var id = Pattern.compile("<bpmn:serviceTask id=\"(\\w+)\"");
    var found = new TreeSet<String>();
    for (var model : List.of("statistical-round", "run-step")) {
      var text = Files.readString(Path.of("processes", model + ".bpmn"));
      id.matcher(text).results().forEach(match -> found.add(match.group(1)));
    }
    return found;
  }

  private void survive(Kill kill) throws InterruptedException {
    var started = Instant.now();
    server.start(
        List.of(
            SHORT_LOCK,
            "-D" + CrashPoint.ELEMENT + "=" + kill.element,
            "-D" + CrashPoint.MOMENT + "=" + kill.moment));
    var answering = Instant.now();
    var deadline = answering.plus(PATIENCE);
    while (server.isAlive()) {
      assertThat(Instant.now())
          .as("%s never came; state %s, see %s", kill, state(kill.round), server.log())
          .isBefore(deadline);
      attempt(() -> advance(kill));
      ChildServer.pause();
    }
    assertThat(server.exitCode()).as("%s, see %s", kill, server.log()).isEqualTo(137);
    System.out.printf(
        "killed at %s (%s) after %d s, of which %d s to start%n",
        kill.element,
        kill.moment,
        Duration.between(started, Instant.now()).toSeconds(),
        Duration.between(started, answering).toSeconds());
  }

  private String state(String round) {
    try {
      return story.state(round);
    } catch (Api.Gone gone) {
      return "unknown";
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (Api.Gone dying) {
      if (server.isAlive()) {
        ChildServer.pause();
      }
    }
  }

  /** Brings the round nearer to the place where the server is to die. */
  private void advance(Kill kill) {
    prepare(kill.round);
    story.held.clear();
    var name = kill.element.substring("serviceTask_".length());
    if (name.startsWith("escalate")) {
      var task = name.substring("escalate".length());
      story.held.add("userTask_" + Character.toLowerCase(task.charAt(0)) + task.substring(1));
      var timer = Character.toLowerCase(task.charAt(0)) + task.substring(1);
      story.elapse(kill.round, List.of("boundaryTimer_" + timer + "Overdue"));
    }
    switch (name) {
      case "reconcileJob" -> story.elapse(kill.round, List.of("timerCatch_reconciliationDue"));
      case "cancelJob", "escalateDecideOnFailedRun" ->
          story.elapse(kill.round, List.of("timerCatch_timeLimitReached"));
      case "cancelRequestedRound" -> story.request(kill.round, "cancel");
      case "withdrawPublication" -> {
        story.held.add("userTask_evaluateRound");
        if (story.isOpen(kill.round, "userTask_evaluateRound")) {
          story.request(kill.round, "withdraw");
        }
      }
      default -> {
        // comes by itself
      }
    }
    story.work(kill.round);
  }

  private void prepare(String round) {
    story.inputs = round.equals(GIVEN_UP) ? "cancel" : "confirm";
    switch (round) {
      case WITHDRAWN -> {
        story.deliverQuarter("2008-q4", 3, false);
        story.ensureRevision("2008-q4");
      }
      case EXPLAINED -> {
        story.deliverQuarter("2009-q1", 2, false);
        story.ensure("2009-q1");
      }
      case BLOCKED -> {
        story.deliverQuarter("2009-q1", 3, false);
        story.deliverQuarter("2009-q2", 2, true);
        story.ensure("2009-q2");
      }
      case GIVEN_UP -> story.ensure("2009-q3");
      default -> {
        // demo mode has started the first round
      }
    }
  }

  private void finish() {
    story.held.clear();
    story.request(BLOCKED, "cancel");
    var deadline = Instant.now().plus(PATIENCE);
    while (!allEnded()) {
      assertThat(Instant.now()).as("not all rounds end, see %s", server.log()).isBefore(deadline);
      ChildServer.pause();
    }
  }

  private boolean allEnded() {
    return story.state(CONFIRMED).equals("closed")
        && story.state(WITHDRAWN).equals("withdrawn")
        && story.state(EXPLAINED).equals("cancelled")
        && story.state(BLOCKED).equals("cancelled")
        && story.state(GIVEN_UP).equals("cancelled");
  }

  private void assertOnce() throws Exception {
    for (var round : List.of(CONFIRMED, WITHDRAWN)) {
      assertReleasedOnce(round);
      assertOneRow(
          round,
          "select activity from round_decision where round = ?"
              + " and activity <> 'userTask_decideOnFailedRun'");
      assertOneRow(round, "select number::text from round_announcement where round = ?");
      for (var action :
          List.of(
              "round.opened",
              "round.approval.verified",
              "round.released",
              "round.evidence.sealed")) {
        assertThat(
                rows("select 1 from audit_event where subject = ? and action = ?", round, action))
            .as(action + " of " + round)
            .hasSize(1);
      }
    }
    assertThat(rows("select id from round_run where round = ?", CONFIRMED)).hasSize(1);
    assertThat(rows("select state from step where run like ?", CONFIRMED + "%"))
        .hasSize(4)
        .containsOnly("SUCCEEDED");
    assertThat(rows("select key from notice where key = ?", CONFIRMED + "/released")).hasSize(1);
    assertOneRow("%", "select key from notice where key like ?");
    assertOneRow("job.submitted", "select details::text from audit_event where action = ?");
    assertOneRow(
        "task.completed",
        "select details::json->>'task' from audit_event where action = ? and outcome = 'done'");
    assertOneRow("round.closed", "select subject from audit_event where action = ?");
    assertOneRow(
        "%rel/%",
        "select concat_ws(' ', dataset, period, revision) from dataset_version"
            + " where dataset like ?");
    assertThat(rows("select incident_type_ from engine.act_ru_incident where id_ like ?", "%"))
        .isEmpty();
    assertThat(
            rows(
                "select business_key_ from engine.act_ru_execution where business_key_ like ?",
                "emp-industry-2%"))
        .isEmpty();
  }

  /** One tag, one version of every published object, one evidence archive. */
  private void assertReleasedOnce(String round) throws IOException, SQLException {
    var store = new FilesystemObjectStore(server.home().resolve("objects"), Clock.systemUTC());
    var released = rows("select release_set from round where id = ?", round).get(0);
    var manifest = Manifest.Reference.parse(released);
    var objects = Manifest.read(store, manifest).entries();
    assertThat(objects).as("published by " + round).isNotEmpty();
    for (var object : objects) {
      try (var versions = store.versions(object.bucket(), object.key())) {
        assertThat(versions).as(object.key()).hasSize(1);
      }
    }
    var bundle =
        Manifest.Reference.parse(rows("select bundle from round where id = ?", round).get(0));
    try (var versions = store.versions(bundle.bucket(), bundle.key())) {
      assertThat(versions).as(bundle.key()).hasSize(1);
    }
    var tag = "refs/tags/rel/" + round.substring("emp-industry-".length());
    try (var repositories = Files.walk(server.home().resolve("git"), 2)) {
      var repository =
          repositories.filter(path -> path.endsWith("emp-industry.git")).findFirst().orElseThrow();
      try (var git = Git.open(repository.toFile())) {
        assertThat(git.getRepository().exactRef(tag)).as(tag).isNotNull();
      }
    }
  }

  private void assertOneRow(String parameter, String sql) throws SQLException {
    assertThat(rows(sql, parameter)).as(sql).isNotEmpty().doesNotHaveDuplicates();
  }

  private List<String> rows(String sql, String... parameters) throws SQLException {
    try (var connection = server.database();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      var found = new ArrayList<String>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
      return found;
    }
  }

  private void assertAuditVerifies() throws Exception {
    var bundle = folder.resolve("audit.zip");
    new Api(server.base()).download("admin", "/api/v1/audit/export", bundle);
    var report = AuditVerifier.verify(bundle, AuditVerifier.Options.NONE);
    assertThat(report.verified()).as(report.text()).isTrue();
    assertThat(report.text()).contains("2 releases");
  }
}
