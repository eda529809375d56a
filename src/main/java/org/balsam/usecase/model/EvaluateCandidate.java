package org.balsam.usecase.model;

import java.util.List;
import java.util.stream.IntStream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.promotion.Comparison;
import org.balsam.standard.promotion.Drift;
import org.balsam.standard.promotion.FairnessGap;
import org.balsam.standard.promotion.FrozenBins;
import org.balsam.standard.promotion.Predictions;
import org.balsam.standard.promotion.PromotionThreshold;
import org.balsam.standard.promotion.SetTable;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Computes every figure on candidate and champion from their predictions on the same frozen sets,
 * so that no framework's own figures have to be believed.
 */
@Component
public class EvaluateCandidate {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final EvaluationSets sets;
  private final TrainingDocuments documents;
  private final StepBook book;
  private final AuditTrail trail;

  EvaluateCandidate(
      TrainingRows rows,
      TrainedModels models,
      EvaluationSets sets,
      TrainingDocuments documents,
      StepBook book,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.sets = sets;
    this.documents = documents;
    this.book = book;
    this.trail = trail;
  }

  /**
   * What to evaluate.
   *
   * @param run in which candidate and champion scored the sets
   */
  public record Command(TrainingId training, long run) {}

  /**
   * Evaluates it.
   *
   * @throws Rejection WRONG_STATE when a step of the run has not succeeded, DATA_CHANGED when a set
   *     or predictions were changed in storage, STEP_FAILED when they are malformed
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var training = rows.lock(command.training);
    var run = rows.run(command.training, command.run);
    CollectTraining.requireSuccess(book.steps(run.id));
    var evaluation = judged(training, run);
    training.evaluation = documents.json(training, "evaluation.json", evaluation);
    trail.record(
        AuditEntry.done("training.evaluated", training.project, training.id)
            .with("run", command.run)
            .with("champion", String.valueOf(run.champion))
            .with("evaluation", training.evaluation));
  }

  private Evaluation judged(TrainingEntity training, TrainingRunEntity run) {
    try {
      return evaluate(training, run, models.of(training));
    } catch (Invalid malformed) {
      throw new Rejection(
          ErrorCode.STEP_FAILED,
          "sets or predictions of " + training.id + " cannot be judged: " + malformed.getMessage());
    }
  }

  private Evaluation evaluate(
      TrainingEntity training, TrainingRunEntity run, ProjectFile.Model model) {
    var trainRun = rows.trainRun(training);
    var test = sets.set(trainRun, model, "test");
    var candidate = sets.predictions(run.id, RunPlans.Scoring.CANDIDATE_TEST, model);
    var latest = sets.predictions(run.id, RunPlans.Scoring.CANDIDATE_LATEST, model);
    var champion = champion(run, RunPlans.Scoring.CHAMPION_TEST, model);
    var before = EvaluationSets.features(sets.set(trainRun, model, "train"), model);
    var after = EvaluationSets.features(sets.set(trainRun, model, "latest"), model);
    var bins = before.stream().map(FrozenBins::of).toList();
    var seed = training.pinnedSeed();
    return new Evaluation(
        run.champion,
        Comparison.of(candidate, champion, model.positive(), seed),
        Comparison.of(
            latest, champion(run, RunPlans.Scoring.CHAMPION_LATEST, model), model.positive(), seed),
        fairness(candidate, test, model),
        champion == null ? List.of() : fairness(champion, test, model),
        IntStream.range(0, bins.size())
            .mapToObj(i -> Drift.of(bins.get(i), before.get(i), after.get(i)))
            .toList(),
        predictionDrift(candidate, latest, model),
        bins);
  }

  private @Nullable Predictions champion(
      TrainingRunEntity run, RunPlans.Scoring scoring, ProjectFile.Model model) {
    return run.champion == null ? null : sets.predictions(run.id, scoring, model);
  }

  private static List<FairnessGap> fairness(
      Predictions predictions, SetTable test, ProjectFile.Model model) {
    var minimum = Thresholds.of(model).get(PromotionThreshold.MINIMUM_GROUP).intValueExact();
    return model.groups().stream()
        .map(group -> groups(predictions, test, group, model.positive(), minimum))
        .flatMap(List::stream)
        .toList();
  }

  private static List<FairnessGap> groups(
      Predictions predictions,
      SetTable test,
      String column,
      @Nullable String positive,
      int minimum) {
    var cells = test.column(column, predictions.rows());
    return FairnessGap.of(predictions, column, cells, positive, minimum);
  }

  private static Drift predictionDrift(
      Predictions test, Predictions latest, ProjectFile.Model model) {
    var reference = test.asFeature(model.positive());
    return Drift.of(FrozenBins.of(reference), reference, latest.asFeature(model.positive()));
  }
}
