package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.template.DemoData;
import org.jspecify.annotations.Nullable;

/** Rounds of the demo project: released, revised and withdrawn, warned about, blocked, given up. */
final class RoundPlot extends Plot {

  private static final String PROJECT = "emp-industry";
  private static final String API = "/api/v1/projects/" + PROJECT;
  private static final Path DATA =
      Path.of("templates/statistical-production/data/us-employment.csv");
  private static final String CONFIRMED = PROJECT + "-2008-q4-r0";
  private static final String WITHDRAWN = PROJECT + "-2008-q4-r1";
  private static final String EXPLAINED = PROJECT + "-2009-q1-r0";
  private static final String BLOCKED = PROJECT + "-2009-q2-r0";
  private static final String GIVEN_UP = PROJECT + "-2009-q3-r0";

  private final SortedMap<Period, byte[]> deliveries;
  private final Set<String> delivered = new HashSet<>();

  RoundPlot(World world) {
    super(world);
    try {
      deliveries = DemoData.byMonth(Files.readAllBytes(DATA), "month");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  List<String> models() {
    return List.of("statistical-round", "run-step");
  }

  @Override
  void prepare() {
    // demo mode has made the project and started the first round
  }

  @Override
  List<Scene> scenes() {
    return List.of(
        scene(
            CONFIRMED,
            "closed",
            () -> {},
            effects(
                CONFIRMED,
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
                "closeRound")),
        scene(WITHDRAWN, "withdrawn", this::revise, withdrawn()),
        scene(
            EXPLAINED,
            "cancelled",
            () -> start("2009-q1", "2009-q1", 2, false),
            effects(EXPLAINED, "escalateExplainWarnings", "cancelRequestedRound")),
        scene(
            BLOCKED,
            "cancelled",
            () -> {
              deliver("2009-q1", 3, false);
              start("2009-q2", "2009-q2", 2, true);
            },
            effects(BLOCKED, "escalateCorrectOrWaive")),
        scene(
            GIVEN_UP,
            "cancelled",
            () -> start("2009-q3", "2009-q3", 0, false),
            effects(GIVEN_UP, "cancelRound")));
  }

  private static List<Kill> withdrawn() {
    return Stream.of(
            effects(
                WITHDRAWN, "openRound", "freezeInputs", "cancelJob", "escalateDecideOnFailedRun"),
            at(WITHDRAWN, Moment.COMMITTED, "submitJob", "releaseDataset"),
            at(WITHDRAWN, Moment.BEFORE, "markReleased"),
            effects(WITHDRAWN, "withdrawPublication"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Kill> effects(String round, String... tasks) {
    return at(round, Moment.EFFECT, tasks);
  }

  private Scene scene(String round, String end, Runnable begin, List<Kill> kills) {
    return new Scene(round, round, begin, () -> state(round).equals(end), kills);
  }

  private String state(String round) {
    return world.value("select lower(state) from round where id = ?", round);
  }

  private void revise() {
    deliver("2008-q4", 3, false);
    world.post(
        "owner",
        API + "/rounds/" + CONFIRMED + "/revise",
        Map.of("type", "routine", "reason", "the full quarter has arrived"));
  }

  private void start(String quarter, String deliveredQuarter, int months, boolean wrong) {
    deliver(deliveredQuarter, months, wrong);
    world.post("owner", API + "/rounds", Map.of("period", quarter));
  }

  /** Delivers a quarter's months; {@code wrong} makes a total differ from the sum of its parts. */
  private void deliver(String quarter, int months, boolean wrong) {
    var first = YearMonth.from(new Period(quarter).start());
    for (var i = 0; i < months; i++) {
      var month = first.plusMonths(i).toString();
      if (delivered.add(month)) {
        var content = deliveries.get(new Period(month));
        world.deliver(
            "production",
            API + "/datasets/raw/ces/objects/ces.csv?period=" + month,
            wrong && i == months - 1 ? wrong(content) : content);
      }
    }
  }

  private static byte[] wrong(byte[] content) {
    var lines = new String(content).lines().toList();
    var cells = lines.get(1).split(",");
    cells[1] = String.valueOf(Double.parseDouble(cells[1]) + 1000);
    return (lines.get(0) + "\n" + String.join(",", cells) + "\n").getBytes();
  }

  @Override
  void provoke(Scene scene, Kill kill) {
    switch (kill.task()) {
      case "reconcileJob" -> world.elapse(kill.subject(), "timerCatch_reconciliationDue");
      case "cancelJob", "escalateDecideOnFailedRun" ->
          world.elapse(kill.subject(), "timerCatch_timeLimitReached");
      case "cancelRequestedRound" -> request(kill.subject(), "cancel");
      case "withdrawPublication" -> {
        if (isOpen(kill.subject(), "userTask_evaluateRound")) {
          request(kill.subject(), "withdraw");
        }
      }
      default -> {
        // comes by itself
      }
    }
  }

  private void request(String round, String what) {
    var reason = Map.of("reason", "a test of crashes");
    world.ask("owner", API + "/rounds/" + round + "/" + what, reason);
  }

  private boolean isOpen(String round, String activity) {
    return world.tasks(round).stream().anyMatch(task -> task.activity().equals(activity));
  }

  @Override
  Set<String> held(Kill kill) {
    return switch (kill.task()) {
      case "withdrawPublication" -> Set.of("userTask_evaluateRound");
      case "cancelRequestedRound" -> Set.of("userTask_explainWarnings");
      default -> Set.of();
    };
  }

  @Override
  void wrapUp(Scene scene) {
    if (scene.name().equals(BLOCKED)) {
      request(BLOCKED, "cancel");
    }
  }

  @Override
  @Nullable Answer answer(Scene scene, String activity) {
    var inputs = scene.name().equals(GIVEN_UP) ? "cancel" : "confirm";
    return switch (activity) {
      case "userTask_confirmInputs" ->
          new Answer(
              "methodology",
              Map.of("inputsDecision", inputs, "inputsReason", "as the test wants it"));
      case "userTask_explainWarnings" ->
          new Answer(
              "subject",
              Map.of("explanationDecision", "explain", "explanationReason", "the recession"));
      case "userTask_decideOnFailedRun" ->
          new Answer("subject", Map.of("failureDecision", "retry"));
      case "userTask_reviewResults" -> new Answer("quality", Map.of("reviewDecision", "approve"));
      case "userTask_approveRelease" ->
          new Answer(
              "owner",
              Map.of(
                  "releaseDecision", "approve",
                  "releaseLevel", "public",
                  "releaseAt", Instant.now().plusSeconds(1).toString()));
      case "userTask_evaluateRound" -> new Answer("owner", Map.of("evaluationDecision", "closed"));
      default -> null;
    };
  }

  @Override
  void assertOnce() throws IOException {
    for (var round : List.of(CONFIRMED, WITHDRAWN)) {
      assertReleasedOnce(round);
      assertDistinct(
          "select activity from round_decision where round = ?"
              + " and activity <> 'userTask_decideOnFailedRun'",
          round);
      assertDistinct("select number::text from round_announcement where round = ?", round);
      for (var action :
          List.of(
              "round.opened",
              "round.approval.verified",
              "round.released",
              "round.evidence.sealed")) {
        assertThat(
                world.column(
                    "select 1 from audit_event where subject = ? and action = ?", round, action))
            .as(action + " of " + round)
            .hasSize(1);
      }
    }
    assertThat(world.column("select id from round_run where round = ?", CONFIRMED)).hasSize(1);
    assertThat(world.column("select state from step where run like ?", CONFIRMED + "%"))
        .hasSize(4)
        .containsOnly("SUCCEEDED");
    assertThat(world.column("select key from notice where key = ?", CONFIRMED + "/released"))
        .hasSize(1);
    assertDistinct("select subject from audit_event where action = ?", "round.closed");
    assertDistinct(
        "select concat_ws(' ', dataset, period, revision) from dataset_version"
            + " where project = 'emp-industry' and dataset like ?",
        "%rel/%");
  }

  /** One tag, one version of every published object, one evidence archive. */
  private void assertReleasedOnce(String round) {
    var store = world.objects();
    var released = world.value("select release_set from round where id = ?", round);
    var objects = Manifest.read(store, Manifest.Reference.parse(released)).entries();
    assertThat(objects).as("published by " + round).isNotEmpty();
    for (var object : objects) {
      assertOneVersion(object.bucket(), object.key());
    }
    var bundle =
        Manifest.Reference.parse(world.value("select bundle from round where id = ?", round));
    assertOneVersion(bundle.bucket(), bundle.key());
    var tag = "refs/tags/rel/" + round.substring((PROJECT + "-").length());
    assertThat(world.forge().refs(new ProjectId(PROJECT))).containsKey(tag);
  }
}
