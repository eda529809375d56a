package org.balsam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/** Roll-backs of a model with two promoted versions: rejected, disputed, overtaken. */
final class RollbackPlot extends Plot {

  private final ProjectId project;
  private final Moment moment;
  private final String subject;
  private boolean prepared;

  RollbackPlot(World world, ProjectId project, Moment moment) {
    super(world);
    this.project = project;
    this.moment = moment;
    this.subject = project + "-rollback-";
  }

  @Override
  List<String> models() {
    return List.of("model-rollback");
  }

  @Override
  void prepare() {
    // the trainings of the project make the versions
    prepared = true;
  }

  @Override
  boolean isReady() {
    return prepared
        && world
                .column(
                    "select 1 from model_version where project = ? and promoted", project.value())
                .size()
            == 2;
  }

  @Override
  List<Scene> scenes() {
    return List.of(
        scene(
            "rejected",
            () -> ask("rejected", false),
            "REJECTED",
            "remindDeciders",
            "rejectRollback"),
        scene(
            "disputed",
            () -> ask("disputed", true),
            "RESTORED",
            "rollBackModel",
            "commitChampion",
            "notifyRollback",
            "disputeRollback",
            "restoreChampion",
            "completeRollback"),
        scene("overtaken", this::overtake, "FAILED", "failRollback"));
  }

  private Scene scene(String name, Runnable begin, String end, String... tasks) {
    return new Scene(
        name, subject, begin, () -> state(name).equals(end), at(subject, moment, tasks));
  }

  private String state(String reason) {
    return world.value(
        "select state from model_rollback where project = ? and reason = ?",
        project.value(),
        reason);
  }

  private void ask(String reason, boolean emergency) {
    post(Map.of("reason", reason, "emergency", emergency));
  }

  private void post(Map<String, ?> rollback) {
    world.post("production", "/api/v1/projects/" + project + "/models/damage/rollback", rollback);
  }

  /** The second one, an emergency, leaves the first one nothing to go back from. */
  private void overtake() {
    // a restored champion has no promotion of its own that would name one
    var target =
        world.value(
            "select target from model_rollback where project = ? and reason = 'disputed'",
            project.value());
    post(Map.of("reason", "overtaken", "emergency", false, "target", target));
    post(Map.of("reason", "overtaking", "emergency", true, "target", target));
  }

  @Override
  void provoke(Scene scene, Kill kill) {
    if (kill.task().equals("remindDeciders")) {
      world.elapse(subject, "boundaryTimer_approveRollbackOverdue");
    }
  }

  @Override
  Set<String> held(Kill kill) {
    return kill.task().equals("remindDeciders") ? Set.of("userTask_approveRollback") : Set.of();
  }

  @Override
  @Nullable Answer answer(Scene scene, String activity) {
    return switch (activity) {
      case "userTask_approveRollback" -> approve(scene);
      case "userTask_approveEmergency" ->
          new Answer(
              "owner",
              scene.name().equals("disputed")
                  ? Map.of("emergencyDecision", "refuse", "emergencyReason", "no alarm")
                  : Map.of("emergencyDecision", "approve"));
      case "userTask_decideOnDispute" ->
          new Answer("quality", Map.of("disputeDecision", "restore", "disputeReason", "no alarm"));
      default -> null;
    };
  }

  private @Nullable Answer approve(Scene scene) {
    if (!scene.name().equals("overtaken")) {
      return new Answer("owner", Map.of("rollbackDecision", "reject", "rollbackReason", "a test"));
    }
    return state("overtaking").equals("COMPLETED")
        ? new Answer("owner", Map.of("rollbackDecision", "approve"))
        : null;
  }

  @Override
  void assertOnce() {
    assertNothingRepeated(project, "^model[.]rollback[.]");
    assertThat(
            world.column(
                "select kind from model_alias_move where project = ? and kind = 'rolled-back'",
                project.value()))
        .as("there, back, and there again")
        .hasSize(3);
  }
}
