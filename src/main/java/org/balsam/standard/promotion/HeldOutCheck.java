package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.metWhen;
import static org.balsam.standard.promotion.Judgement.shown;

import org.jspecify.annotations.Nullable;

/**
 * Check 2: on the frozen test set and on the latest period, the 95 % lower bound of macro-F1
 * (candidate − champion) is not below −macro-f1-drop, and the AUC not below min-auc.
 */
final class HeldOutCheck {

  private final PromotionEvidence evidence;
  private final Judgement judgement = new Judgement(PromotionCriterion.HELD_OUT_METRIC);

  HeldOutCheck(PromotionEvidence evidence) {
    this.evidence = evidence;
  }

  PromotionCheck check() {
    slice("the test set", evidence.test());
    slice("the latest period", evidence.latest());
    return judgement.check();
  }

  private void slice(String name, @Nullable Comparison comparison) {
    if (comparison == null) {
      judgement.add(PromotionFinding.MISSING, "The candidate was not scored on " + name + ".");
      return;
    }
    against(name, comparison);
    var candidate = comparison.candidate();
    var floor = evidence.thresholds().get(PromotionThreshold.MIN_AUC);
    if (candidate.auc() != null && floor.signum() > 0) {
      var champion = comparison.champion();
      judgement.add(
          metWhen(candidate.auc() >= floor.doubleValue()),
          candidate.auc(),
          champion == null ? null : champion.auc(),
          floor,
          "AUC on %s is %s (needed %s)."
              .formatted(name, shown(candidate.auc()), floor.toPlainString()));
    }
  }

  private void against(String name, Comparison comparison) {
    var champion = comparison.champion();
    var bound = comparison.macroF1();
    if (evidence.champion() == null) {
      judgement.add(
          PromotionFinding.NO_CHAMPION,
          "On %s, the candidate has %s. There is no champion to compare with."
              .formatted(name, figures(comparison.candidate())));
    } else if (champion == null || bound == null) {
      judgement.add(
          PromotionFinding.MISSING,
          "The champion " + evidence.champion() + " was not scored on " + name + ".");
    } else {
      compare(name, comparison.candidate(), champion, bound);
    }
  }

  private void compare(
      String name,
      ClassificationMetrics candidate,
      ClassificationMetrics champion,
      PairedBootstrap.Bound bound) {
    var lowest = evidence.thresholds().get(PromotionThreshold.MACRO_F1_DROP).negate();
    judgement.add(
        metWhen(bound.lower() >= lowest.doubleValue()),
        bound.lower(),
        null,
        lowest,
        "On %s (%d cases), the candidate has %s; the champion %s. With 95 %% confidence the candidate's macro-F1 is better by at least %s (needed %s)."
            .formatted(
                name,
                candidate.cases(),
                figures(candidate),
                figures(champion),
                shown(bound.lower()),
                lowest.toPlainString()));
  }

  private static String figures(ClassificationMetrics metrics) {
    var auc = metrics.auc() == null ? "" : ", AUC " + shown(metrics.auc());
    return "macro-F1 %s, accuracy %s%s"
        .formatted(shown(metrics.macroF1()), shown(metrics.accuracy()), auc);
  }
}
