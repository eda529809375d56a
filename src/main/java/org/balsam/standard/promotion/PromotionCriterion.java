package org.balsam.standard.promotion;

import java.util.Locale;

/** The nine things that a candidate is checked for. */
public enum PromotionCriterion {
  /** Code, runtime, sets, seed, parameters, labels and method are pinned. */
  PINNED("Everything is pinned"),
  /** As good as the champion on the frozen test set and on the latest period. */
  HELD_OUT_METRIC("Held-out metric"),
  /** No class is recognised much less often. */
  CLASS_RECALL("Recall of each class"),
  /** Probabilities mean what they say. */
  CALIBRATION("Calibration"),
  /** The latest period resembles the training set. */
  DRIFT("Drift"),
  /** Groups are treated alike. */
  FAIRNESS("Fairness gap"),
  /** Published figures hardly change. */
  EFFECT_ON_STATISTIC("Effect on the statistic"),
  /** The training gives the same model again. */
  REPRODUCIBLE("Reproducible"),
  /** The card is complete, the assessments are there, a way back is named. */
  CARD_COMPLETE("Card complete");

  private final String title;

  PromotionCriterion(String title) {
    this.title = title;
  }

  /** The number by which people speak of it, 1 to 9. */
  public int number() {
    return ordinal() + 1;
  }

  /** The name in the decision table and in JSON: {@code class-recall}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name for people. */
  public String title() {
    return title;
  }
}
