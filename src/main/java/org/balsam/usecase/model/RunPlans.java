package org.balsam.usecase.model;

import java.util.List;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/** Which stages and steps a run of a training has. */
@Component
class RunPlans {

  /**
   * A model applied to a set.
   *
   * @param name of the step, and of the file that it writes
   * @param champion whether the champion scores, else the candidate
   * @param set {@code test} or {@code latest}
   */
  record Scoring(String name, boolean champion, String set) {
    static final Scoring CANDIDATE_TEST = new Scoring("testcand", false, "test");
    static final Scoring CANDIDATE_LATEST = new Scoring("latestcand", false, "latest");
    static final Scoring CHAMPION_TEST = new Scoring("testchamp", true, "test");
    static final Scoring CHAMPION_LATEST = new Scoring("latestchmp", true, "latest");

    String file() {
      return name + ".csv";
    }
  }

  int stages(TrainingRunEntity run, ProjectFile.Model model) {
    return switch (run.purpose) {
      case TRAIN -> model.stages().size();
      case REPRODUCE -> model.stages().size() + 1;
      case EVALUATE, SMOKE -> 1;
    };
  }

  /** The names of the steps of a stage. */
  List<String> steps(TrainingRunEntity run, ProjectFile.Model model, int stage) {
    return declares(run, model, stage)
        ? model.stages().get(stage).steps().stream().map(ProjectFile.Step::name).toList()
        : scorings(run).stream().map(Scoring::name).toList();
  }

  /** Whether the stage is one of the model's own. */
  boolean declares(TrainingRunEntity run, ProjectFile.Model model, int stage) {
    return switch (run.purpose) {
      case TRAIN, REPRODUCE -> stage < model.stages().size();
      case EVALUATE, SMOKE -> false;
    };
  }

  /** The scorings of the stage that is not the model's own. */
  List<Scoring> scorings(TrainingRunEntity run) {
    return switch (run.purpose) {
      case EVALUATE ->
          run.champion == null
              ? List.of(Scoring.CANDIDATE_TEST, Scoring.CANDIDATE_LATEST)
              : List.of(
                  Scoring.CANDIDATE_TEST,
                  Scoring.CANDIDATE_LATEST,
                  Scoring.CHAMPION_TEST,
                  Scoring.CHAMPION_LATEST);
      case REPRODUCE, SMOKE -> List.of(Scoring.CANDIDATE_TEST);
      case TRAIN -> List.of();
    };
  }
}
