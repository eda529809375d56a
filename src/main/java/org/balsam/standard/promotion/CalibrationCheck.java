package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.metWhen;
import static org.balsam.standard.promotion.Judgement.shown;

import java.util.Locale;

/**
 * Check 4: the expected calibration error is at most ece, and the Brier score at most brier-rise
 * above the champion's; both on the test set.
 */
final class CalibrationCheck {

  private final PromotionEvidence evidence;
  private final Judgement judgement = new Judgement(PromotionCriterion.CALIBRATION);

  CalibrationCheck(PromotionEvidence evidence) {
    this.evidence = evidence;
  }

  PromotionCheck check() {
    var test = evidence.test();
    if (test == null) {
      judgement.add(PromotionFinding.MISSING, "The candidate was not scored on the test set.");
    } else {
      error(test);
      brier(test);
    }
    return judgement.check();
  }

  private void error(Comparison test) {
    var allowed = evidence.thresholds().get(PromotionThreshold.ECE);
    var candidate = test.candidate().calibrationError();
    var champion = test.champion();
    judgement.add(
        metWhen(candidate <= allowed.doubleValue()),
        candidate,
        champion == null ? null : champion.calibrationError(),
        allowed,
        "The expected calibration error is %s%s (allowed %s)."
            .formatted(
                shown(candidate),
                champion == null ? "" : ", the champion's " + shown(champion.calibrationError()),
                allowed.toPlainString()));
  }

  private void brier(Comparison test) {
    var candidate = test.candidate().brier();
    var champion = test.champion();
    if (evidence.champion() == null) {
      judgement.add(
          PromotionFinding.NO_CHAMPION,
          "The Brier score is %s. There is no champion to compare with."
              .formatted(shown(candidate)));
      return;
    }
    if (champion == null) {
      judgement.add(PromotionFinding.MISSING, "The champion was not scored on the test set.");
      return;
    }
    var allowed = evidence.thresholds().get(PromotionThreshold.BRIER_RISE);
    judgement.add(
        metWhen(candidate - champion.brier() <= allowed.doubleValue()),
        candidate,
        champion.brier(),
        allowed,
        String.format(
            Locale.ROOT,
            "The Brier score is %.4f, the champion's %.4f; less is better (it may rise by %s).",
            candidate,
            champion.brier(),
            allowed.toPlainString()));
  }
}
