package org.balsam.standard.promotion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the nine checks need. What is absent is null or empty, and leads to a finding of
 * its own, never to a silent pass. Fit for JSON in both directions.
 *
 * @param candidate the candidate's version
 * @param champion the champion's version; null when there is none
 * @param thresholds what the figures are held against
 * @param pins what the training is pinned to
 * @param test both models on the frozen test set; null when it was not scored
 * @param latest both models on the latest period; null when it was not scored
 * @param groups the columns over whose groups fairness is judged; empty when none are declared
 * @param fairness the candidate's gaps on the test set
 * @param championFairness the champion's gaps on the test set; empty when there is no champion
 * @param features the features that are watched for drift
 * @param drift the drift of each feature from training set to latest period
 * @param predictionDrift the drift of the candidate's predictions from test set to latest period
 * @param championDrift the drift of each feature from the champion's training set to the latest
 *     period; empty when not known
 * @param effect the effect on the statistic; null when it was not measured
 * @param reproductionAsked whether the training has to be made again
 * @param reproduction how the rerun went; null when there was none
 * @param card the state of the model card and its references
 */
public record PromotionEvidence(
    String candidate,
    @Nullable String champion,
    PromotionThresholds thresholds,
    Pins pins,
    @Nullable Comparison test,
    @Nullable Comparison latest,
    List<String> groups,
    List<FairnessGap> fairness,
    List<FairnessGap> championFairness,
    List<String> features,
    List<Drift> drift,
    @Nullable Drift predictionDrift,
    List<Drift> championDrift,
    @Nullable StatisticEffect effect,
    boolean reproductionAsked,
    @Nullable Reproduction reproduction,
    CardState card) {
  public PromotionEvidence {
    groups = List.copyOf(groups);
    fairness = List.copyOf(fairness);
    championFairness = List.copyOf(championFairness);
    features = List.copyOf(features);
    drift = List.copyOf(drift);
    championDrift = List.copyOf(championDrift);
  }
}
