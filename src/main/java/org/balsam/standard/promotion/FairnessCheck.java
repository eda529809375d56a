package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.shown;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Check 6: for each declared column, recall and selection rate differ between groups by at most
 * fairness-gap, and the lowest is at least fairness-ratio of the highest.
 */
final class FairnessCheck {

  private final PromotionEvidence evidence;
  private final Judgement judgement = new Judgement(PromotionCriterion.FAIRNESS);

  FairnessCheck(PromotionEvidence evidence) {
    this.evidence = evidence;
  }

  PromotionCheck check() {
    if (evidence.groups().isEmpty()) {
      judgement.add(PromotionFinding.NOT_APPLICABLE, "The project declares no groups to compare.");
    }
    for (var column : evidence.groups()) {
      var gaps = evidence.fairness().stream().filter(gap -> gap.column().equals(column)).toList();
      if (gaps.isEmpty()) {
        judgement.add(PromotionFinding.MISSING, "The groups of " + column + " were not compared.");
      }
      gaps.forEach(this::judge);
    }
    return judgement.check();
  }

  private void judge(FairnessGap candidate) {
    var about =
        "%s of class %s over %s"
            .formatted(candidate.measure().words(), candidate.category(), candidate.column());
    var gap = candidate.gap();
    var ratio = candidate.ratio();
    if (gap == null || ratio == null) {
      judgement.add(
          PromotionFinding.TOO_FEW, "Fewer than two groups are large enough for " + about + ".");
      return;
    }
    var most = evidence.thresholds().get(PromotionThreshold.FAIRNESS_GAP);
    var least = evidence.thresholds().get(PromotionThreshold.FAIRNESS_RATIO);
    var champion = champion(candidate);
    judgement.add(
        Judgement.metWhen(gap <= most.doubleValue() && ratio >= least.doubleValue()),
        gap,
        champion,
        most,
        "Gap of %s is %s%s (allowed %s), ratio %s (needed %s)%s."
            .formatted(
                about,
                shown(gap),
                champion == null ? "" : ", the champion's " + shown(champion),
                most.toPlainString(),
                shown(ratio),
                least.toPlainString(),
                extremes(candidate)));
  }

  private static String extremes(FairnessGap gap) {
    var byRate = Comparator.comparingDouble(FairnessGap.GroupRate::rate);
    var lowest = gap.rates().stream().min(byRate).orElseThrow();
    var highest = gap.rates().stream().max(byRate).orElseThrow();
    var small = gap.tooSmall() == 0 ? "" : "; too small to judge: %d".formatted(gap.tooSmall());
    return "; from %s %s to %s %s%s"
        .formatted(
            lowest.group(), shown(lowest.rate()), highest.group(), shown(highest.rate()), small);
  }

  private @Nullable Double champion(FairnessGap candidate) {
    return evidence.championFairness().stream()
        .filter(gap -> gap.column().equals(candidate.column()))
        .filter(gap -> gap.measure() == candidate.measure())
        .filter(gap -> gap.category().equals(candidate.category()))
        .map(FairnessGap::gap)
        .findFirst()
        .orElse(null);
  }
}
