package org.balsam.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.balsam.testing.Strikes;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;

/**
 * A model that is trained and promoted, made again from its record, trained anew by arriving data,
 * refused, and given up.
 */
final class TrainingPlot extends Plot {

  private static final String RELEASED = "promoted";

  private final ProjectId project;
  private final Moment moment;
  private final String api;
  private final String training;

  TrainingPlot(World world, ProjectId project, Moment moment) {
    super(world);
    this.project = project;
    this.moment = moment;
    this.api = "/api/v1/projects/" + project;
    this.training = project + "-train-";
  }

  @Override
  List<String> models() {
    return List.of("ml-training", "run-training-stages");
  }

  @Override
  void prepare() {
    world.project(project, "ml-project", "public");
    Strikes.declare(world.forge(), project);
    IntStream.rangeClosed(1995, 1998).forEach(this::deliver);
  }

  private void deliver(int year) {
    world.deliver(
        "steward",
        api + "/datasets/raw/strikes/objects/strikes.csv?period=" + year,
        Strikes.of(year).getBytes(UTF_8));
  }

  @Override
  List<Scene> scenes() {
    return List.of(
        scene(
            "first",
            () -> train("1998", Map.of()),
            RELEASED,
            "openTraining",
            "freezeTrainingData",
            "checkResources",
            "escalateApproveResources",
            "planTraining",
            "planTrainingStage",
            "submitJob",
            "collectResult",
            "collectTraining",
            "freezeSets",
            "planEvaluation",
            "evaluateCandidate",
            "registerCandidate",
            "planReproduction",
            "compareReproduction",
            "checkPromotion",
            "escalateReviewPromotion",
            "promoteToStaging",
            "planSmokeTest",
            "checkSmokeTest",
            "escalateApproveProduction",
            "verifyPromotion",
            "promoteToProduction",
            "sealTrainingEvidence",
            "notifyPromotion"),
        scene("again", this::reproduce, "reproduced", "compareWithRecord"),
        scene("by data", () -> deliver(1999), RELEASED),
        new Scene(
            "refused",
            training,
            () -> train("1999", Map.of("epochs", "1", "learning-rate", "0.0001")),
            this::hasSuccessor,
            at(training, moment, "escalateDecideOnRefusedCandidate", "retrainModel")),
        scene("anew", () -> {}, "cancelled", "cancelTraining"),
        scene(
            "without data",
            () -> train("2000", Map.of()),
            "stopped",
            "escalateDecideOnFailedTraining",
            "stopTraining"));
  }

  private Scene scene(String name, Runnable begin, String end, String... tasks) {
    return new Scene(name, training, begin, () -> state().equals(end), at(training, moment, tasks));
  }

  /** Of the newest training. */
  private String state() {
    return world.value(
        "select lower(state) from training where project = ? order by requested_at desc limit 1",
        project.value());
  }

  /** Whether the refused one has ended; its successor is the newest then. */
  private boolean hasSuccessor() {
    return !world
        .column(
            "select 1 from training"
                + " where project = ? and state = 'STOPPED' and outcome is not null",
            project.value())
        .isEmpty();
  }

  private String newest() {
    return world.value(
        "select id from training where project = ? order by requested_at desc limit 1",
        project.value());
  }

  private void train(String period, Map<String, String> parameters) {
    world.post(
        "production",
        api + "/trainings",
        Map.of("model", "damage", "period", period, "parameters", parameters));
  }

  private void reproduce() {
    world.post("production", api + "/trainings/" + newest() + "/reproduce", Map.of());
  }

  @Override
  void provoke(Scene scene, Kill kill) {
    if (kill.task().equals("cancelTraining")) {
      world.ask("owner", api + "/trainings/" + newest() + "/cancel", Map.of("reason", "enough"));
    }
  }

  @Override
  @Nullable Answer answer(Scene scene, String activity) {
    return switch (activity) {
      case "userTask_approveResources" -> new Answer("owner", Map.of("resourceDecision", "grant"));
      case "userTask_decideOnFailedTraining" ->
          new Answer("methodology", Map.of("failureDecision", "stop", "failureReason", "no data"));
      case "userTask_decideOnRefusedCandidate" ->
          new Answer(
              "methodology",
              Map.of(
                  "refusalDecision", "retrain",
                  "refusalReason", "too short",
                  "changedParameters", "epochs=30"));
      case "userTask_reviewPromotion" -> new Answer("quality", Map.of("reviewDecision", "approve"));
      case "userTask_approveProduction" ->
          new Answer("owner", Map.of("productionDecision", "approve"));
      default -> null;
    };
  }

  @Override
  void assertOnce() throws IOException, GitAPIException {
    assertNothingRepeated(project, "^training[.]");
    assertThat(
            world.column(
                "select kind from model_alias_move where project = ? and kind <> 'rolled-back'",
                project.value()))
        .as("moves of the aliases of " + project)
        .containsExactlyInAnyOrder(
            "registered", "promoted", "registered", "promoted", "registered", "archived");
    assertDistinct(
        "select dataset from dataset_version where project = ? and period = '1998'"
            + " and dataset like '%/std/%'",
        project.value());
    for (var file :
        world.column(
            "select bucket || ' ' || key from model_file where project = ? and part = 'artefact'",
            project.value())) {
      assertOneVersion(new BucketName(file.split(" ")[0]), file.split(" ")[1]);
    }
    assertThat(world.forge().refs(project).keySet())
        .filteredOn(ref -> ref.startsWith("refs/tags/mdl/"))
        .hasSize(2);
    assertThat(messages(project, "main")).doesNotHaveDuplicates();
  }
}
