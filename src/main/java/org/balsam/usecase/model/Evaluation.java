package org.balsam.usecase.model;

import java.util.List;
import org.balsam.standard.promotion.Comparison;
import org.balsam.standard.promotion.Drift;
import org.balsam.standard.promotion.FairnessGap;
import org.balsam.standard.promotion.FrozenBins;
import org.jspecify.annotations.Nullable;

/**
 * What Balsam itself computed from the predictions of candidate and champion.
 *
 * @param champion the version that was compared with; null when there is none
 * @param bins of each feature, frozen from the training set
 */
record Evaluation(
    @Nullable String champion,
    Comparison test,
    Comparison latest,
    List<FairnessGap> fairness,
    List<FairnessGap> championFairness,
    List<Drift> drift,
    Drift predictionDrift,
    List<FrozenBins> bins) {}
