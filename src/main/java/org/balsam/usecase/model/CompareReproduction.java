package org.balsam.usecase.model;

import java.util.Objects;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.promotion.ClassificationMetrics;
import org.balsam.standard.promotion.Reproduction;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Compares the artefact of a training with the one that making it again gave. */
@Component
public class CompareReproduction {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final EvaluationSets sets;
  private final CandidateCard card;
  private final TrainingDocuments documents;
  private final StepBook book;
  private final AuditTrail trail;

  CompareReproduction(
      TrainingRows rows,
      TrainedModels models,
      EvaluationSets sets,
      CandidateCard card,
      TrainingDocuments documents,
      StepBook book,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.sets = sets;
    this.card = card;
    this.documents = documents;
    this.book = book;
    this.trail = trail;
  }

  /**
   * What to compare.
   *
   * @param run in which the training was made again
   */
  public record Command(TrainingId training, long run) {}

  /** Whether the bytes are the same. */
  public record Result(boolean same) {}

  /**
   * Compares it.
   *
   * @throws Rejection WRONG_STATE when a step of the run has not succeeded
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var run = rows.run(command.training, command.run);
    CollectTraining.requireSuccess(book.steps(run.id));
    var reproduction = compare(training, run, models.of(training));
    training.reproduction = documents.json(training, "reproduction.json", reproduction);
    trail.record(
        AuditEntry.done("training.reproduced", training.project, training.id)
            .with("artefact", reproduction.artefact().value())
            .with("rerun", reproduction.rerun().value())
            .with("same", reproduction.sameArtefact()));
    return new Result(reproduction.sameArtefact());
  }

  private Reproduction compare(
      TrainingEntity training, TrainingRunEntity run, ProjectFile.Model model) {
    var predictions = sets.predictions(run.id, RunPlans.Scoring.CANDIDATE_TEST, model);
    var again = ClassificationMetrics.of(predictions, model.positive());
    var first = card.evaluation(training).test().candidate();
    var artefact = Objects.requireNonNull(training.artefact, "the training is collected");
    return new Reproduction(
        new Sha256(artefact),
        CollectTraining.artefact(book.outputs(run.id), model),
        first.largestDifference(again),
        model.steps().anyMatch(step -> step.resources().gpu() > 0));
  }
}
