package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.ProjectId;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real server with SIGKILL at every service task of rounds, steps, trainings, roll-backs,
 * explorations and closings, each time restarts it on the same folder, and then looks for anything
 * that happened twice or not at all. Each death hits one place in each of several processes.
 */
class KillNineIT {

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /** How long the first one waits for the others; shorter than the lock of its job. */
  private static final Duration COMPANY = Duration.ofSeconds(12);

  /** Until a process that was killed has gone on. */
  private static final Duration LONGEST_BREAK = Duration.ofSeconds(60);

  private static final Pattern SERVICE_TASK = Pattern.compile("<bpmn:serviceTask id=\"(\\w+)\"");

  private static final List<String> SETTINGS =
      List.of(
          "-Dbalsam.engine.job-lock-millis=15000",
          // a thread for each place at which it stops, and as many again for the rest
          "-Dcamunda.bpm.job-execution.core-pool-size=14",
          "-Dcamunda.bpm.job-execution.max-pool-size=14",
          // so that each training asks for its resources
          "-Dbalsam.training.open-per-project=0");

  /** A death, and when the server answered again. */
  private record Death(Kill kill, String instance, Instant killed, Instant back) {}

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<Death> deaths = new ArrayList<>();
  private ChildServer server;
  private CrashFiles crashes;
  private World world;
  private List<Plot> plots;
  private List<Kill> armed = List.of();

  @Test
  void everyEffectHappensOnceWhereverTheServerIsKilled() throws Exception {
    server = new ChildServer(folder);
    crashes = new CrashFiles(folder.resolve("crash"));
    world = new World(server);
    plots =
        List.of(
            new RoundPlot(world),
            new TrainingPlot(world, new ProjectId("ml-effect"), Moment.EFFECT),
            new TrainingPlot(world, new ProjectId("ml-before"), Moment.BEFORE),
            new RollbackPlot(world, new ProjectId("ml-effect"), Moment.EFFECT),
            new RollbackPlot(world, new ProjectId("ml-before"), Moment.BEFORE),
            new ExplorationPlot(world, new ProjectId("lab-effect"), Moment.EFFECT),
            new ExplorationPlot(world, new ProjectId("lab-before"), Moment.BEFORE),
            new ClosurePlot(world));
    for (var plot : plots) {
      assertThat(plot.kills().stream().map(Kill::element).collect(Collectors.toSet()))
          .as("each service task of the models is killed")
          .containsAll(serviceTasks(plot.models()));
    }
    try {
      live();
      for (var plot : plots) {
        plot.assertOnce();
      }
      assertOnceInAll();
      assertNothingTemporaryIsLeft();
      assertAllWentOn();
      assertAuditVerifies();
    } finally {
      server.close();
    }
  }

  private static Set<String> serviceTasks(List<String> models) throws Exception {
    var text = new StringBuilder();
    for (var model : models) {
      text.append(Files.readString(Path.of("processes", model + ".bpmn")));
    }
    return SERVICE_TASK
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }

  private void live() throws InterruptedException {
    start();
    Await.that("demo mode to make its people and its project", world::isFilled);
    plots.forEach(Plot::prepare);
    while (plots.stream().anyMatch(Plot::hasNext)) {
      dieOnce();
    }
    var deadline = Instant.now().plus(PATIENCE);
    while (!plots.stream().map(Plot::finish).reduce(true, Boolean::logicalAnd)) {
      assertThat(Instant.now()).as("not all ends, see %s", server.log()).isBefore(deadline);
      ChildServer.pause();
    }
  }

  private void start() {
    armed = plots.stream().map(Plot::next).filter(Objects::nonNull).toList();
    crashes.arm(armed);
    var properties = new ArrayList<>(SETTINGS);
    properties.add("-D" + CrashPoint.FOLDER + "=" + crashes.folder());
    server.start(properties);
  }

  /** Waits until as many plots as possible have come to their places, kills, starts again. */
  private void dieOnce() throws InterruptedException {
    var started = Instant.now();
    awaitCompany();
    server.kill();
    var killed = Instant.now();
    var reached = crashes.reached();
    for (var plot : plots) {
      var kill = plot.next();
      if (kill != null && reached.containsKey(kill)) {
        plot.survived();
      }
    }
    start();
    var back = Instant.now();
    reached.forEach((kill, instance) -> deaths.add(new Death(kill, instance, killed, back)));
    System.out.printf(
        "%d: killed after %d s, started in %d s: %s%n",
        server.starts(),
        Duration.between(started, killed).toSeconds(),
        Duration.between(killed, back).toSeconds(),
        reached.keySet());
  }

  private void awaitCompany() {
    var deadline = Instant.now().plus(PATIENCE);
    Instant first = null;
    while (true) {
      var reached = crashes.reached();
      if (first == null && !reached.isEmpty()) {
        first = Instant.now();
      }
      if (reached.size() == armed.size()
          || first != null && Instant.now().isAfter(first.plus(COMPANY))) {
        return;
      }
      assertThat(server.isAlive()).as("the server ended, see %s", server.log()).isTrue();
      assertThat(Instant.now()).as("%s never came, see %s", armed, server.log()).isBefore(deadline);
      for (var plot : plots) {
        var kill = plot.next();
        if (kill != null && armed.contains(kill) && !reached.containsKey(kill)) {
          plot.advance(kill);
        }
      }
      ChildServer.pause();
    }
  }

  private void assertOnceInAll() {
    for (var sql :
        List.of(
            "select details from audit_event where action = 'job.submitted'",
            "select details::json->>'task' from audit_event"
                + " where action = 'task.completed' and outcome = 'done'",
            "select key from notice")) {
      assertThat(world.column(sql)).as(sql).isNotEmpty().doesNotHaveDuplicates();
    }
    assertThat(world.column("select activity_id_ from engine.act_ru_incident")).isEmpty();
    assertThat(
            world.column(
                "select business_key_ from engine.act_ru_execution"
                    + " where business_key_ not like 'new-%'"))
        .isEmpty();
  }

  /** Neither of jobs nor of the servers that were killed. */
  private void assertNothingTemporaryIsLeft() throws IOException {
    Await.that("the jobs' folders to be removed", () -> folders("jobs", "scratch").isEmpty());
    try (var processes = Files.list(server.home().resolve("tmp"))) {
      assertThat(processes.filter(Files::isDirectory)).as("of this process only").hasSize(1);
    }
  }

  private List<Path> folders(String root, String name) {
    try (var files = Files.walk(server.home().resolve(root), 3)) {
      return files.filter(path -> path.endsWith(name)).toList();
    } catch (UncheckedIOException | IOException changing) {
      return List.of(Path.of(name));
    }
  }

  /** Right after the server was there again, each place where it was killed was passed. */
  private void assertAllWentOn() {
    var breaks = new HashMap<Kill, Duration>();
    for (var death : deaths) {
      if (death.kill.moment() != Moment.COMMITTED) {
        var end =
            world.value(
                "select extract(epoch from min(end_time_))::text from engine.act_hi_actinst"
                    + " where proc_inst_id_ = ? and act_id_ = ?"
                    + " and extract(epoch from end_time_) > ?",
                death.instance,
                death.kill.element(),
                death.killed.toEpochMilli() / 1000.0);
        assertThat(end).as("%s was passed", death).isNotEmpty();
        var passed = Instant.ofEpochMilli((long) (Double.parseDouble(end) * 1000));
        breaks.put(death.kill, Duration.between(lastBack(death, passed), passed));
      }
    }
    System.out.printf("%d kills by %d deaths; breaks %s%n", deaths.size(), server.starts(), breaks);
    assertThat(breaks.values()).allMatch(one -> one.compareTo(LONGEST_BREAK) <= 0);
  }

  /**
   * Compensation is one transaction: its first steps pass when its last one does, and so not before
   * the server was killed at those, too.
   */
  private Instant lastBack(Death death, Instant passed) {
    return deaths.stream()
        .filter(one -> one.instance.equals(death.instance) && one.back.isBefore(passed))
        .map(Death::back)
        .max(Comparator.naturalOrder())
        .orElse(death.back);
  }

  private void assertAuditVerifies() throws Exception {
    var bundle = folder.resolve("audit.zip");
    new Api(server.base()).download("admin", "/api/v1/audit/export", bundle);
    var report = AuditVerifier.verify(bundle, AuditVerifier.Options.NONE);
    assertThat(report.verified()).as(report.text()).isTrue();
    assertThat(report.text()).contains("6 releases");
  }
}
