package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.shown;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Check 5: how far the latest period is from the training set, per feature, and from the test set
 * for the predictions. PSI above psi-block is major; from psi-review on, a Jensen–Shannon distance
 * above jensen-shannon, or a small Kolmogorov–Smirnov p-value in small samples, a person looks. In
 * large samples p-values always fire, so they are judged up to {@value #SMALL} cases a side.
 */
final class DriftCheck {

  private static final long SMALL = 1_000;

  private final PromotionEvidence evidence;
  private final Judgement judgement = new Judgement(PromotionCriterion.DRIFT);

  DriftCheck(PromotionEvidence evidence) {
    this.evidence = evidence;
  }

  PromotionCheck check() {
    var measured = evidence.drift().stream().map(Drift::feature).toList();
    evidence.features().stream()
        .filter(feature -> !measured.contains(feature))
        .forEach(
            feature ->
                judgement.add(
                    PromotionFinding.MISSING, "The drift of " + feature + " was not measured."));
    if (evidence.predictionDrift() == null) {
      judgement.add(PromotionFinding.MISSING, "The drift of the predictions was not measured.");
    }
    Stream.concat(
            evidence.drift().stream(),
            Stream.of(evidence.predictionDrift()).filter(Objects::nonNull))
        .sorted(Comparator.comparingDouble(Drift::psi).reversed())
        .forEach(this::judge);
    return judgement.check();
  }

  private void judge(Drift drift) {
    if (drift.latestCases() == 0 || drift.frozenCases() == 0) {
      judgement.add(PromotionFinding.TOO_FEW, drift.feature() + " has no cases to compare.");
      return;
    }
    var champion = championPsi(drift.feature());
    judgement.add(
        finding(drift),
        drift.psi(),
        champion,
        threshold(drift),
        "%s: PSI %s%s, Jensen–Shannon %s%s."
            .formatted(
                drift.feature(),
                shown(drift.psi()),
                champion == null ? "" : " (to the champion's training set " + shown(champion) + ")",
                shown(drift.jensenShannon()),
                smirnov(drift)));
  }

  private PromotionFinding finding(Drift drift) {
    var thresholds = evidence.thresholds();
    if (drift.psi() > thresholds.get(PromotionThreshold.PSI_BLOCK).doubleValue()) {
      return PromotionFinding.NOT_MET;
    }
    var notable =
        List.of(
            drift.psi() >= thresholds.get(PromotionThreshold.PSI_REVIEW).doubleValue(),
            drift.jensenShannon() > thresholds.get(PromotionThreshold.JENSEN_SHANNON).doubleValue(),
            isSmall(drift)
                && drift.ksPValue() != null
                && drift.ksPValue() < thresholds.get(PromotionThreshold.KS_P_VALUE).doubleValue());
    return notable.contains(true) ? PromotionFinding.BORDERLINE : PromotionFinding.MET;
  }

  private BigDecimal threshold(Drift drift) {
    var block = evidence.thresholds().get(PromotionThreshold.PSI_BLOCK);
    return drift.psi() > block.doubleValue()
        ? block
        : evidence.thresholds().get(PromotionThreshold.PSI_REVIEW);
  }

  private static boolean isSmall(Drift drift) {
    return drift.frozenCases() <= SMALL && drift.latestCases() <= SMALL;
  }

  private static String smirnov(Drift drift) {
    if (drift.ks() == null || drift.ksPValue() == null) {
      return "";
    }
    var p = isSmall(drift) ? ", p = " + shown(drift.ksPValue()) : "";
    return ", Kolmogorov–Smirnov " + shown(drift.ks()) + p;
  }

  private @Nullable Double championPsi(String feature) {
    return evidence.championDrift().stream()
        .filter(drift -> drift.feature().equals(feature))
        .map(Drift::psi)
        .findFirst()
        .orElse(null);
  }
}
