package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.balsam.standard.promotion.ReferenceFigures.EXACTLY;
import static org.balsam.standard.promotion.ReferenceFigures.expected;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.balsam.standard.promotion.FairnessGap.GroupRate;
import org.junit.jupiter.api.Test;

/** Every figure against an independent implementation. */
class ReferenceFiguresTest {

  @Test
  void aBinaryModelsMetricsAreThoseOfScikitLearn() {
    agree(ClassificationMetrics.of(ReferenceFigures.candidate(), "yes"), expected("candidate"));
    agree(ClassificationMetrics.of(ReferenceFigures.champion(), "yes"), expected("champion"));
  }

  @Test
  void aModelOfMoreClassesHasScikitLearnsMetricsAndNoAuc() {
    var metrics = ClassificationMetrics.of(ReferenceFigures.multi(), null);
    agree(metrics, expected("multi"));
    assertThat(metrics.classes().get(3).recall()).as("the class never occurs").isNull();
    assertThat(metrics.classes().get(3).precision()).isNull();
  }

  private static void agree(ClassificationMetrics metrics, JsonNode expected) {
    assertThat(metrics.cases()).isEqualTo(expected.path("cases").asLong());
    assertThat(metrics.accuracy()).isCloseTo(expected.path("accuracy").asDouble(), EXACTLY);
    assertThat(metrics.macroF1()).isCloseTo(expected.path("macroF1").asDouble(), EXACTLY);
    assertThat(metrics.brier()).isCloseTo(expected.path("brier").asDouble(), within(1e-6));
    assertThat(metrics.calibrationError())
        .isCloseTo(expected.path("calibrationError").asDouble(), EXACTLY);
    if (expected.has("auc")) {
      assertThat(metrics.auc()).isCloseTo(expected.path("auc").asDouble(), EXACTLY);
    } else {
      assertThat(metrics.auc()).isNull();
    }
    assertThat(metrics.confusion().toString().replace(" ", ""))
        .isEqualTo(expected.path("confusion").toString());
    for (var category = 0; category < metrics.classes().size(); category++) {
      var figures = metrics.classes().get(category);
      var recall = expected.path("recall").get(category).asDouble();
      assertThat(figures.recall() == null ? 0 : figures.recall()).isCloseTo(recall, EXACTLY);
      assertThat(figures.f1()).isCloseTo(expected.path("f1").get(category).asDouble(), EXACTLY);
    }
  }

  @Test
  void theBinsOfTheCalibrationErrorAreConfigurable() {
    var metrics = ClassificationMetrics.of(ReferenceFigures.candidate(), "yes", 10);
    assertThat(metrics.calibrationError())
        .isCloseTo(expected("candidate").path("calibrationError10").asDouble(), EXACTLY);
  }

  @Test
  void theBootstrapBoundIsThatOfTheSameDrawsInPython() {
    var expected = expected("bootstrap");
    var bound =
        PairedBootstrap.macroF1Difference(
            ReferenceFigures.candidate(),
            ReferenceFigures.champion(),
            expected.path("seed").asLong());
    assertThat(bound.resamples()).isEqualTo(expected.path("resamples").asInt());
    assertThat(bound.difference()).isCloseTo(expected.path("difference").asDouble(), EXACTLY);
    assertThat(bound.lower()).isCloseTo(expected.path("lower").asDouble(), EXACTLY);
  }

  @Test
  void groupsHaveScikitLearnsRecallAndSmallOnesAreLeftOut() {
    var predictions = ReferenceFigures.candidate();
    var phases =
        ReferenceFigures.set("binary-set.csv", "phase").column("phase", predictions.rows());
    for (var gap : FairnessGap.of(predictions, "phase", phases, "yes", 30)) {
      var expected = expected("fairness").path(gap.measure().value());
      assertThat(gap.gap()).isCloseTo(expected.path("gap").asDouble(), EXACTLY);
      assertThat(gap.ratio()).isCloseTo(expected.path("ratio").asDouble(), EXACTLY);
      assertThat(gap.rates()).hasSameSizeAs(expected.path("rates"));
      assertThat(gap.rates().size() + gap.tooSmall()).isEqualTo(4);
      for (GroupRate rate : gap.rates()) {
        assertThat(rate.rate())
            .isCloseTo(expected.path("rates").path(rate.group()).asDouble(), EXACTLY);
      }
    }
  }

  @Test
  void aNumbersDriftIsThatOfScipy() {
    var expected = expected("drift").path("speed");
    var bins = FrozenBins.of(feature("train.csv", "speed", FeatureKind.NUMBER));
    assertThat(bins.edges()).hasSize(9);
    for (var edge = 0; edge < 9; edge++) {
      assertThat(bins.edges().get(edge))
          .isCloseTo(expected.path("edges").get(edge).asDouble(), within(1e-9));
    }
    var drift = drift("speed", FeatureKind.NUMBER);
    agree(bins, drift, expected);
    assertThat(drift.ks()).isCloseTo(expected.path("ks").asDouble(), EXACTLY);
    assertThat(drift.ksPValue()).isLessThan(1e-12);
  }

  @Test
  void aSmallSamplesPValueIsTheExactOne() {
    var expected = expected("drift").path("speed");
    var train = feature("train.csv", "speed", FeatureKind.NUMBER).present();
    var latest = feature("latest.csv", "speed", FeatureKind.NUMBER).present();
    var before = Feature.numbers("speed", Arrays.copyOf(train, 90));
    var drift =
        Drift.of(
            FrozenBins.of(before), before, Feature.numbers("speed", Arrays.copyOf(latest, 70)));
    assertThat(drift.ks()).isCloseTo(expected.path("smallKs").asDouble(), EXACTLY);
    assertThat(drift.ksPValue()).isCloseTo(expected.path("smallKsPValue").asDouble(), EXACTLY);
  }

  @Test
  void aCategorysDriftCountsTheUnseenAsOther() {
    var bins = FrozenBins.of(feature("train.csv", "operator", FeatureKind.CATEGORY));
    assertThat(bins.labels())
        .containsExactly("AMERICAN", "DELTA", "MILITARY", "UNITED", "other", "missing");
    var drift = drift("operator", FeatureKind.CATEGORY);
    agree(bins, drift, expected("drift").path("operator"));
    assertThat(drift.ks()).isNull();
  }

  private static void agree(FrozenBins bins, Drift drift, JsonNode expected) {
    assertThat(bins.counts()).isEqualTo(longs(expected.path("before")));
    assertThat(drift.psi()).isCloseTo(expected.path("psi").asDouble(), EXACTLY);
    assertThat(drift.jensenShannon()).isCloseTo(expected.path("jensenShannon").asDouble(), EXACTLY);
    var cases = longs(expected.path("after")).stream().mapToLong(Long::longValue).sum();
    assertThat(drift.latestCases()).isEqualTo(cases);
  }

  private static Drift drift(String name, FeatureKind kind) {
    var train = feature("train.csv", name, kind);
    return Drift.of(FrozenBins.of(train), train, feature("latest.csv", name, kind));
  }

  private static Feature feature(String file, String name, FeatureKind kind) {
    return Feature.of(name, kind, ReferenceFigures.set(file, name).column(name));
  }

  private static List<Long> longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asLong).toList();
  }
}
