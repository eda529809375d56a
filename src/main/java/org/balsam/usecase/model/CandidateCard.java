package org.balsam.usecase.model;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.promotion.CardFacts;
import org.balsam.standard.promotion.ModelCard;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/** Writes the model card of a candidate: what people wrote at the commit, and what was measured. */
@Component
class CandidateCard {

  private final TrainedModels models;
  private final TrainingPins pins;
  private final TrainingDocuments documents;
  private final Forge forge;

  CandidateCard(TrainedModels models, TrainingPins pins, TrainingDocuments documents, Forge forge) {
    this.models = models;
    this.pins = pins;
    this.documents = documents;
    this.forge = forge;
  }

  ModelCard of(TrainingEntity training, String version) {
    var model = models.of(training);
    return written(training, model).with(facts(training, model, version));
  }

  private ModelCard written(TrainingEntity training, ProjectFile.Model model) {
    var yaml =
        forge
            .read(training.projectId(), training.commit(), model.card())
            .orElseThrow(
                () ->
                    new Rejection(
                        ErrorCode.INPUTS_MISSING,
                        "there is no model card %s at commit %s"
                            .formatted(model.card(), training.commit())));
    try {
      return ModelCard.read(yaml, model.card());
    } catch (Invalid malformed) {
      throw new Rejection(ErrorCode.INPUTS_MISSING, malformed.getMessage());
    }
  }

  /**
   * Demands what people write of the card.
   *
   * @throws Rejection INPUTS_MISSING when it is not there or malformed
   */
  void requireWritten(TrainingEntity training) {
    written(training, models.of(training));
  }

  private CardFacts facts(TrainingEntity training, ProjectFile.Model model, String version) {
    var evaluation = evaluation(training);
    return new CardFacts(
        model.title(),
        version,
        LocalDate.ofInstant(training.requestedAt, ZoneOffset.UTC),
        evaluation.champion(),
        pins.of(training),
        Thresholds.of(model),
        evaluation.test(),
        evaluation.latest(),
        model.groups(),
        evaluation.fairness());
  }

  Evaluation evaluation(TrainingEntity training) {
    var reference = Objects.requireNonNull(training.evaluation, "the candidate is evaluated");
    return documents.read(reference, Evaluation.class);
  }
}
