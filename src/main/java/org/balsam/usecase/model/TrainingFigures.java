package org.balsam.usecase.model;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.promotion.Comparison;
import org.balsam.standard.promotion.Drift;
import org.balsam.standard.promotion.FairnessGap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The figures that a candidate is judged by, beside the champion's. */
@Component
@Transactional(readOnly = true)
public class TrainingFigures {

  private final TrainingRows rows;
  private final TrainingDocuments documents;

  TrainingFigures(TrainingRows rows, TrainingDocuments documents) {
    this.rows = rows;
    this.documents = documents;
  }

  /**
   * What Balsam computed from the predictions of candidate and champion.
   *
   * @param champion the version that was compared with; null when there is none
   * @param test on the frozen test set
   * @param latest on the latest period
   * @param fairness the candidate's gaps between groups
   * @param championFairness the champion's; empty when there is none
   * @param drift of each feature, from the training set to the latest period
   * @param predictionDrift of the candidate's predictions, from the test set to the latest period
   */
  public record Figures(
      @Nullable String champion,
      Comparison test,
      Comparison latest,
      List<FairnessGap> fairness,
      List<FairnessGap> championFairness,
      List<Drift> drift,
      Drift predictionDrift) {
    public Figures {
      fairness = List.copyOf(fairness);
      championFairness = List.copyOf(championFairness);
      drift = List.copyOf(drift);
    }
  }

  /**
   * The figures of the newest evaluation; empty before there is one.
   *
   * @throws org.balsam.kernel.NotFound when there is no such training
   * @throws org.balsam.kernel.Rejection DATA_CHANGED when they were changed in storage
   */
  public Optional<Figures> read(TrainingId id) {
    return Optional.ofNullable(rows.training(id).evaluation)
        .map(reference -> documents.read(reference, Evaluation.class))
        .map(TrainingFigures::shown);
  }

  private static Figures shown(Evaluation evaluation) {
    return new Figures(
        evaluation.champion(),
        evaluation.test(),
        evaluation.latest(),
        evaluation.fairness(),
        evaluation.championFairness(),
        evaluation.drift(),
        evaluation.predictionDrift());
  }
}
