package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/** Closings of one project: rejected, given up at the last moment, refused, and carried out. */
final class ClosurePlot extends Plot {

  private static final String LAST_STEP = "serviceTask_closeProject";

  private final ProjectId project = new ProjectId("close-effect");
  private final String api = "/api/v1/projects/" + project;

  ClosurePlot(World world) {
    super(world);
  }

  @Override
  List<String> models() {
    return List.of("project-closure");
  }

  @Override
  void prepare() {
    world.project(project, "exploration", "internal");
  }

  @Override
  List<Scene> scenes() {
    return List.of(
        scene("rejected", this::ask, "REJECTED", "remindClosureDeciders", "rejectClosure"),
        scene(
            "given up",
            this::askAndHold,
            "FAILED",
            "freezeProject",
            "archiveProject",
            "removeGroups",
            "removeAccess",
            "removeChannel",
            "removeNamespace",
            "restoreNamespace",
            "restoreChannel",
            "restoreAccess",
            "restoreGroups",
            "discardArchive",
            "abandonClosure"),
        scene("refused", this::askAndExplore, "FAILED", "failClosure"),
        scene("closed", this::askAndRelease, "CLOSED", "closeProject"));
  }

  private Scene scene(String name, Runnable begin, String end, String... tasks) {
    return new Scene(
        name,
        project.value(),
        begin,
        () -> stage().equals(end) && explorations("state <> 'REFUSED'").isEmpty(),
        at(project.value(), Moment.EFFECT, tasks));
  }

  private String stage() {
    return world.value("select stage from project_closure where project = ?", project.value());
  }

  private List<String> explorations(String condition) {
    return world.column(
        "select id from exploration where project = ? and " + condition, project.value());
  }

  private void ask() {
    world.post("owner", api + "/close", Map.of("reason", "a test"));
  }

  private void askAndHold() {
    world.hold(LAST_STEP, true);
    ask();
  }

  private void askAndRelease() {
    world.hold(LAST_STEP, false);
    ask();
  }

  /** Shows, too, that people have their roles again. */
  private void askAndExplore() {
    ask();
    world.post(
        "subject",
        api + "/explorations",
        Map.of(
            "title",
            "Unusual months",
            "purpose",
            "Find months to explain",
            "hardware",
            "large",
            "network",
            "offline",
            "endDate",
            LocalDate.now(ZoneOffset.UTC).plusDays(30).toString()));
  }

  @Override
  void provoke(Scene scene, Kill kill) {
    if (kill.task().equals("remindClosureDeciders")) {
      world.elapse(project.value(), "boundaryTimer_approveClosureOverdue");
    } else if (scene.name().equals("given up") && isAtLastStep()) {
      world.ask("owner", api + "/closure/give-up", Map.of("reason", "a test"));
    }
  }

  private boolean isAtLastStep() {
    return !world
        .column(
            "select job.id_ from engine.act_ru_job job"
                + " join engine.act_ru_jobdef definition on definition.id_ = job.job_def_id_"
                + " where definition.act_id_ = ?",
            LAST_STEP)
        .isEmpty();
  }

  @Override
  Set<String> held(Kill kill) {
    return kill.task().equals("remindClosureDeciders")
        ? Set.of("userTask_approveClosure")
        : Set.of();
  }

  @Override
  @Nullable Answer answer(Scene scene, String activity) {
    return switch (activity) {
      case "userTask_approveClosure" -> decide(scene);
      case "userTask_approveExploration" ->
          stage().equals("FAILED")
              ? new Answer(
                  "owner", Map.of("approvalDecision", "reject", "approvalReason", "a test"))
              : null;
      default -> null;
    };
  }

  private Answer decide(Scene scene) {
    return new Answer(
        "admin",
        scene.name().equals("rejected")
            ? Map.of("approvalDecision", "reject", "approvalReason", "a test")
            : Map.of("approvalDecision", "approve"));
  }

  @Override
  void assertOnce() {
    assertThat(
            world.column(
                "select action || ' ' || count(*) from audit_event where project = ?"
                    + " and outcome = 'done' and action ~ '^project[.](closure|frozen|closed)'"
                    + " group by action",
                project.value()))
        .containsExactlyInAnyOrder(
            "project.closure.requested 4",
            "project.closure.decided 4",
            "project.closure.rejected 1",
            "project.closure.abandonment-requested 1",
            "project.closure.failed 2",
            "project.frozen 2",
            "project.closed 1");
    assertThat(world.column("select state from project where id = ?", project.value()))
        .containsExactly("CLOSED");
    assertThat(
            world.column(
                "select project from messaging_channel where project = ?", project.value()))
        .isEmpty();
    assertArchivedOnce();
  }

  private void assertArchivedOnce() {
    var evidence =
        world.value(
            "select name from project_identifier where project = ? and name like '%-prov'",
            project.value());
    var bucket = new BucketName(evidence);
    try (var given = world.objects().list(bucket, "closure/2/")) {
      assertThat(given).as("of the closing that was given up").isEmpty();
    }
    for (var file : List.of("repository.bundle", "manifest.json")) {
      assertOneVersion(bucket, "closure/4/" + file);
      assertThat(world.objects().find(bucket, "closure/4/" + file).orElseThrow().retainUntil())
          .as("locked")
          .isNotNull();
    }
  }
}
