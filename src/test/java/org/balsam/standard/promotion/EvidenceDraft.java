package org.balsam.standard.promotion;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Sha256;
import org.balsam.standard.promotion.Pins.PinnedSet;

/** Evidence on a candidate that passes all checks, from the reference files; tests spoil it. */
final class EvidenceDraft {

  static final Sha256 HASH = Sha256.of("artefact");

  String champion = "strikes/damage@2";
  PromotionThresholds thresholds = PromotionThresholds.STANDARD;
  Pins pins = pins("3f2c9ab", 42L);
  Comparison test =
      Comparison.of(ReferenceFigures.candidate(), ReferenceFigures.champion(), "yes", 42);
  Comparison latest = test;
  List<String> groups = List.of("phase");
  List<FairnessGap> fairness = new ArrayList<>(fairness(0.03, 0.95));
  List<FairnessGap> championFairness = fairness(0.04, 0.9);
  List<String> features = List.of("speed");
  List<Drift> drift = new ArrayList<>(List.of(drift("speed", 0.02)));
  Drift predictionDrift = drift("prediction", 0.01);
  List<Drift> championDrift = List.of(drift("speed", 0.4));
  StatisticEffect effect =
      new StatisticEffect(
          "strikes-1998-r0", List.of(new StatisticEffect.Aggregate("damaged", 0.004, 0.02)));
  boolean reproductionAsked = true;
  Reproduction reproduction = new Reproduction(HASH, HASH, 0.0, false);
  CardState card = new CardState(List.of(), false, null, "strikes/damage@2");

  PromotionEvidence evidence() {
    return new PromotionEvidence(
        "strikes/damage@3",
        champion,
        thresholds,
        pins,
        test,
        latest,
        groups,
        fairness,
        championFairness,
        features,
        drift,
        predictionDrift,
        championDrift,
        effect,
        reproductionAsked,
        reproduction,
        card);
  }

  PromotionCheck check(int number) {
    return PromotionChecks.evaluate(evidence()).get(number - 1);
  }

  /** The first model of a project. */
  EvidenceDraft first() {
    champion = null;
    test = Comparison.of(ReferenceFigures.candidate(), null, "yes", 42);
    latest = test;
    championFairness = List.of();
    championDrift = List.of();
    card = new CardState(List.of(), false, null, null);
    return this;
  }

  EvidenceDraft threshold(PromotionThreshold threshold, String value) {
    thresholds = new PromotionThresholds(Map.of(threshold, new BigDecimal(value)));
    return this;
  }

  static Pins pins(String commit, Long seed) {
    return new Pins(
        commit,
        "java 17.0.15, linux",
        set("train"),
        set("validation"),
        set("test"),
        seed,
        Map.of("epochs", "8"),
        "strikes.damage",
        "v1.0.0");
  }

  private static PinnedSet set(String name) {
    return new PinnedSet("strikes/std/" + name + "@1998-r0.1", Sha256.of(name));
  }

  static Drift drift(String feature, double psi) {
    return drift(feature, 5_000, psi, 0.01, null);
  }

  static Drift drift(
      String feature, long cases, double psi, double jensenShannon, Double ksPValue) {
    var ks = ksPValue == null ? null : 0.1;
    return new Drift(feature, cases, cases, psi, jensenShannon, ks, ksPValue, List.of());
  }

  static List<FairnessGap> fairness(double gap, double ratio) {
    var rates =
        List.of(
            new FairnessGap.GroupRate("climb", 100, 0.5),
            new FairnessGap.GroupRate("taxi", 100, 0.5 + gap));
    return List.of(
        new FairnessGap("phase", FairnessGap.Measure.RECALL, "yes", rates, 1, gap, ratio),
        new FairnessGap("phase", FairnessGap.Measure.SELECTION_RATE, "yes", rates, 0, 0.0, 1.0));
  }
}
