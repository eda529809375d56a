package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Sha256;
import org.junit.jupiter.api.Test;

class PromotionChecksTest {

  private final EvidenceDraft draft = new EvidenceDraft();

  @Test
  void nineChecksInTheirOrderAndAGoodCandidateMeetsThemAll() {
    var checks = PromotionChecks.evaluate(draft.evidence());
    assertThat(checks)
        .extracting(PromotionCheck::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(checks).extracting(PromotionCheck::finding).containsOnly(PromotionFinding.MET);
    assertThat(checks).allSatisfy(check -> assertThat(check.message()).endsWith("."));
  }

  @Test
  void theFirstModelIsNeverPassedSilently() {
    var checks = PromotionChecks.evaluate(draft.first().evidence());
    assertThat(checks)
        .filteredOn(check -> check.finding() == PromotionFinding.NO_CHAMPION)
        .extracting(PromotionCheck::id)
        .containsExactly("held-out-metric", "class-recall", "calibration", "card-complete");
    assertThat(checks.get(1).message())
        .contains("On the test set", "macro-F1 0.712", "There is no champion to compare with.");
  }

  @Test
  void whatIsNotPinnedIsNamed() {
    draft.pins = EvidenceDraft.pins(" ", null);
    finds(1, PromotionFinding.MISSING, "Not pinned: code commit, seed.");
    draft.pins = new Pins(null, null, null, null, null, null, null, null, null);
    assertThat(draft.pins.missing()).hasSize(9);
  }

  @Test
  void theChampionsFiguresStandBesideTheCandidates() {
    finds(
        2,
        PromotionFinding.MET,
        "On the test set (600 cases), the candidate has macro-F1 0.712, accuracy 0.812, AUC 0.819;"
            + " the champion macro-F1 0.671, accuracy 0.760, AUC 0.789.");
    finds(3, PromotionFinding.MET, "Recall of class yes is 0.519, the champion's 0.558");
    finds(4, PromotionFinding.MET, "The Brier score is 0.1318, the champion's 0.1657");
    assertThat(draft.check(4).champion()).isEqualByComparingTo("0.0792");
    finds(5, PromotionFinding.MET, "speed: PSI 0.020 (to the champion's training set 0.400)");
    finds(6, PromotionFinding.MET, "is 0.030, the champion's 0.040 (allowed 0.05)");
  }

  @Test
  void aCandidateThatMayBeWorseIsNotGoodEnough() {
    draft.test =
        Comparison.of(ReferenceFigures.champion(), ReferenceFigures.candidate(), "yes", 42);
    finds(2, PromotionFinding.NOT_MET, "(needed -0.005)");
    assertThat(draft.check(2).value()).isNegative();
    finds(3, PromotionFinding.NOT_MET, "Recall of class no is 0.815, the champion's 0.892");
    finds(4, PromotionFinding.NOT_MET, "The expected calibration error is 0.079");
    assertThat(draft.check(4).message()).contains("The Brier score is 0.1657");
  }

  @Test
  void theLatestPeriodCountsAsMuchAsTheTestSet() {
    draft.latest =
        Comparison.of(ReferenceFigures.champion(), ReferenceFigures.candidate(), "yes", 42);
    finds(2, PromotionFinding.NOT_MET, "On the latest period (600 cases)");
    draft.latest = null;
    finds(2, PromotionFinding.MISSING, "The candidate was not scored on the latest period.");
  }

  @Test
  void aChampionThatWasNotScoredIsMissing() {
    draft.test = Comparison.of(ReferenceFigures.candidate(), null, "yes", 42);
    finds(2, PromotionFinding.MISSING, "The champion strikes/damage@2 was not scored");
    finds(3, PromotionFinding.MISSING, "The champion was not scored on the test set.");
    finds(4, PromotionFinding.MISSING, "The champion was not scored on the test set.");
  }

  @Test
  void anUnscoredCandidateIsMissing() {
    draft.test = null;
    for (var check : List.of(2, 3, 4)) {
      finds(check, PromotionFinding.MISSING, "The candidate was not scored on the test set.");
    }
  }

  @Test
  void anAucBelowTheFloorStopsEvenTheFirstModel() {
    draft.first().threshold(PromotionThreshold.MIN_AUC, "0.9");
    finds(2, PromotionFinding.NOT_MET, "AUC on the test set is 0.819 (needed 0.9).");
    draft.threshold(PromotionThreshold.MIN_AUC, "0.8");
    finds(2, PromotionFinding.NO_CHAMPION, "There is no champion");
  }

  @Test
  void smallClassesAreNotJudgedAndWeakOnesAreNamed() {
    draft.threshold(PromotionThreshold.LIST_RECALL, "0.6");
    finds(3, PromotionFinding.MET, "Recognised less often than 0.6: class yes (0.519).");
    draft.threshold(PromotionThreshold.MINIMUM_CASES, "500");
    finds(3, PromotionFinding.TOO_FEW, "No class has 500 test cases.");
    draft.threshold(PromotionThreshold.MINIMUM_CASES, "200");
    assertThat(draft.check(3).message()).contains("class no").doesNotContain("class yes");
  }

  @Test
  void aBrierScoreMayRiseAsFarAsTheThresholdSays() {
    draft.test =
        Comparison.of(ReferenceFigures.champion(), ReferenceFigures.candidate(), "yes", 42);
    draft.thresholds =
        new PromotionThresholds(
            Map.of(
                PromotionThreshold.ECE, new BigDecimal("0.1"),
                PromotionThreshold.BRIER_RISE, new BigDecimal("0.05")));
    finds(4, PromotionFinding.MET, "it may rise by 0.05");
  }

  @Test
  void driftIsNoneModerateOrMajor() {
    drift(EvidenceDraft.drift("speed", 0.0999), PromotionFinding.MET, "PSI 0.100");
    drift(EvidenceDraft.drift("speed", 0.10), PromotionFinding.BORDERLINE, "speed: PSI 0.100");
    drift(EvidenceDraft.drift("speed", 0.25), PromotionFinding.BORDERLINE, "speed: PSI 0.250");
    drift(EvidenceDraft.drift("speed", 0.26), PromotionFinding.NOT_MET, "speed: PSI 0.260");
    assertThat(draft.check(5).threshold()).isEqualByComparingTo("0.25");
    drift(
        EvidenceDraft.drift("speed", 5_000, 0.01, 0.11, null),
        PromotionFinding.BORDERLINE,
        "Jensen–Shannon 0.110");
  }

  @Test
  void pValuesAreJudgedInSmallSamplesOnly() {
    drift(
        EvidenceDraft.drift("speed", 1_000, 0.01, 0.01, 0.04),
        PromotionFinding.BORDERLINE,
        "p = 0.040");
    drift(
        EvidenceDraft.drift("speed", 1_001, 0.01, 0.01, 0.04),
        PromotionFinding.MET,
        "Kolmogorov–Smirnov 0.100.");
  }

  @Test
  void theWorstFeatureIsShownFirst() {
    draft.features = List.of("speed", "operator");
    draft.drift = List.of(EvidenceDraft.drift("speed", 0.3), EvidenceDraft.drift("operator", 0.6));
    finds(5, PromotionFinding.NOT_MET, "operator: PSI 0.600");
    assertThat(draft.check(5).value()).isEqualByComparingTo("0.6");
    assertThat(draft.check(5).message()).startsWith("operator").contains("speed: PSI 0.300");
  }

  @Test
  void driftThatWasNotMeasuredIsMissing() {
    draft.features = List.of("speed", "operator");
    finds(5, PromotionFinding.MISSING, "The drift of operator was not measured.");
    draft.features = List.of("speed");
    draft.predictionDrift = null;
    finds(5, PromotionFinding.MISSING, "The drift of the predictions was not measured.");
    drift(
        new Drift("speed", 10, 0, 0, 0, null, null, List.of()),
        PromotionFinding.MISSING,
        "speed has no cases to compare.");
  }

  @Test
  void groupsAreHeldAgainstGapAndRatio() {
    draft.fairness = EvidenceDraft.fairness(0.06, 0.9);
    finds(
        6,
        PromotionFinding.NOT_MET,
        "Gap of recall of class yes over phase is 0.060, the champion's 0.040 (allowed 0.05),"
            + " ratio 0.900 (needed 0.8); from climb 0.500 to taxi 0.560; too small to judge: 1.");
    draft.fairness = EvidenceDraft.fairness(0.04, 0.7);
    finds(6, PromotionFinding.NOT_MET, "ratio 0.700");
  }

  @Test
  void groupsThatCannotBeComparedAreNotPassed() {
    draft.groups = List.of();
    finds(6, PromotionFinding.NOT_APPLICABLE, "declares no groups");
    draft.groups = List.of("operator");
    finds(6, PromotionFinding.MISSING, "The groups of operator were not compared.");
    draft.groups = List.of("phase");
    draft.fairness =
        List.of(
            new FairnessGap("phase", FairnessGap.Measure.RECALL, "yes", List.of(), 5, null, null));
    finds(6, PromotionFinding.TOO_FEW, "Fewer than two groups are large enough");
  }

  @Test
  void aPublishedFigureMayChangeByLessThanHalfItsCoefficientOfVariation() {
    finds(7, PromotionFinding.MET, "damaged changes by 0.40 %");
    effect(-0.01, 0.02, PromotionFinding.NOT_MET);
    effect(-0.0099, 0.02, PromotionFinding.MET);
    effect(0, 0, PromotionFinding.MET);
    effect(0.001, 0, PromotionFinding.NOT_MET);
    draft.effect = new StatisticEffect("strikes-1998-r0", List.of());
    finds(7, PromotionFinding.MISSING, "No aggregate of strikes-1998-r0");
    draft.effect = null;
    finds(7, PromotionFinding.NOT_APPLICABLE, "No published round");
  }

  @Test
  void aRerunGivesTheSameArtefactOrTheSameMetrics() {
    finds(8, PromotionFinding.MET, "the same artefact, sha256 " + EvidenceDraft.HASH);
    rerun(1e-7, false, PromotionFinding.MET);
    rerun(1e-5, false, PromotionFinding.NOT_MET);
    rerun(1e-3, true, PromotionFinding.MET);
    rerun(3e-3, true, PromotionFinding.NOT_MET);
    rerun(null, false, PromotionFinding.MISSING);
    rerun(Double.POSITIVE_INFINITY, true, PromotionFinding.NOT_MET);
    draft.reproduction = null;
    finds(8, PromotionFinding.MISSING, "The training was not made again.");
    draft.reproductionAsked = false;
    finds(8, PromotionFinding.NOT_APPLICABLE, "does not ask");
  }

  @Test
  void metricsOfARerunAreComparedFigureByFigure() {
    var metrics = draft.test.candidate();
    assertThat(metrics.largestDifference(metrics)).isZero();
    assertThat(metrics.largestDifference(draft.test.champion())).isGreaterThan(0.05);
    var withoutAuc = ClassificationMetrics.of(ReferenceFigures.candidate(), null);
    assertThat(metrics.largestDifference(withoutAuc)).isInfinite();
  }

  @Test
  void thePapersMustBeComplete() {
    draft.card = new CardState(List.of("intended-use.uses"), true, " ", null);
    finds(9, PromotionFinding.MISSING, "The model card lacks: intended-use.uses.");
    assertThat(draft.check(9).message())
        .contains("no data protection impact assessment is named")
        .contains("No rollback target is named; the champion is strikes/damage@2.");
    draft.card = new CardState(List.of(), true, "DPIA 2026-14", "strikes/damage@2");
    finds(9, PromotionFinding.MET, "Rollback goes to strikes/damage@2.");
  }

  @Test
  void evidenceSurvivesJson() throws Exception {
    var json = new ObjectMapper();
    var evidence = draft.evidence();
    var text = json.writeValueAsString(evidence);
    assertThat(json.readValue(text, PromotionEvidence.class)).isEqualTo(evidence);
    var bins =
        FrozenBins.of(
            Feature.of(
                "speed",
                FeatureKind.NUMBER,
                ReferenceFigures.set("train.csv", "speed").column("speed")));
    assertThat(json.readValue(json.writeValueAsString(bins), FrozenBins.class)).isEqualTo(bins);
    var check = draft.check(6);
    assertThat(json.readValue(json.writeValueAsString(check), PromotionCheck.class))
        .isEqualTo(check);
  }

  private void rerun(Double difference, boolean gpu, PromotionFinding finding) {
    draft.reproduction = new Reproduction(EvidenceDraft.HASH, Sha256.of("other"), difference, gpu);
    finds(8, finding, "another artefact");
  }

  private void effect(double change, double cv, PromotionFinding finding) {
    draft.effect =
        new StatisticEffect(
            "strikes-1998-r0", List.of(new StatisticEffect.Aggregate("damaged", change, cv)));
    finds(7, finding, "Compared with strikes-1998-r0.");
  }

  private void drift(Drift drift, PromotionFinding finding, String message) {
    draft.drift = List.of(drift);
    finds(5, finding, message);
  }

  private void finds(int number, PromotionFinding finding, String message) {
    var check = draft.check(number);
    assertThat(check.finding()).as(check.message()).isEqualTo(finding);
    assertThat(check.message()).contains(message);
  }
}
