package org.balsam.usecase.model;

import java.util.List;
import org.balsam.standard.promotion.CardState;
import org.balsam.standard.promotion.ModelCard;
import org.balsam.standard.promotion.PromotionEvidence;
import org.balsam.standard.promotion.Reproduction;
import org.balsam.standard.template.ProjectFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what the nine checks need. */
@Component
class GateEvidence {

  private final TrainedModels models;
  private final TrainingPins pins;
  private final CandidateCard card;
  private final TrainingDocuments documents;

  GateEvidence(
      TrainedModels models, TrainingPins pins, CandidateCard card, TrainingDocuments documents) {
    this.models = models;
    this.pins = pins;
    this.card = card;
    this.documents = documents;
  }

  PromotionEvidence of(TrainingEntity training, ModelCard page) {
    var model = models.of(training);
    var evaluation = card.evaluation(training);
    return new PromotionEvidence(
        training.candidateId().value(),
        evaluation.champion(),
        Thresholds.of(model),
        pins.of(training),
        evaluation.test(),
        evaluation.latest(),
        model.groups(),
        evaluation.fairness(),
        evaluation.championFairness(),
        List.copyOf(model.features().keySet()),
        evaluation.drift(),
        evaluation.predictionDrift(),
        List.of(),
        null,
        model.reproduce(),
        reproduction(training),
        new CardState(
            page.missing(model.personalData()),
            model.personalData(),
            model.dpia(),
            rollback(model, evaluation.champion())));
  }

  private @Nullable Reproduction reproduction(TrainingEntity training) {
    return training.reproduction == null
        ? null
        : documents.read(training.reproduction, Reproduction.class);
  }

  /** What a rollback goes back to: the champion before, or the version that the project names. */
  static @Nullable String rollback(ProjectFile.Model model, @Nullable String champion) {
    return model.rollback().equals("previous") ? champion : model.name() + "@" + model.rollback();
  }
}
