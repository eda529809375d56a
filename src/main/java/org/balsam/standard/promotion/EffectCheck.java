package org.balsam.standard.promotion;

import java.util.Locale;

/**
 * Check 7: made again with the candidate, the last published round changes by less than effect of
 * each aggregate's coefficient of variation. A larger change is a change of method, which users are
 * told of in advance (European Statistics Code of Practice, indicator 6.6).
 */
final class EffectCheck {

  private EffectCheck() {}

  static PromotionCheck check(PromotionEvidence evidence) {
    var effect = evidence.effect();
    if (effect == null) {
      return Judgement.of(
          PromotionCriterion.EFFECT_ON_STATISTIC,
          PromotionFinding.NOT_APPLICABLE,
          "No published round was made again with the candidate.");
    }
    var judgement = new Judgement(PromotionCriterion.EFFECT_ON_STATISTIC);
    if (effect.aggregates().isEmpty()) {
      judgement.add(
          PromotionFinding.MISSING, "No aggregate of " + effect.round() + " was compared.");
    }
    effect.aggregates().forEach(aggregate -> judge(aggregate, evidence, judgement));
    judgement.note("Compared with " + effect.round() + ".");
    return judgement.check();
  }

  private static void judge(
      StatisticEffect.Aggregate aggregate, PromotionEvidence evidence, Judgement judgement) {
    var share = evidence.thresholds().get(PromotionThreshold.EFFECT);
    var ofCv =
        aggregate.cv() == 0 && aggregate.change() == 0
            ? 0
            : Math.abs(aggregate.change()) / aggregate.cv();
    judgement.add(
        Judgement.metWhen(ofCv < share.doubleValue() || aggregate.change() == 0),
        ofCv,
        null,
        share,
        String.format(
            Locale.ROOT,
            "%s changes by %.2f %%, its coefficient of variation is %.2f %% (allowed less than %s of it).",
            aggregate.name(),
            100 * aggregate.change(),
            100 * aggregate.cv(),
            share.toPlainString()));
  }
}
