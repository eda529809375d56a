package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;

/** Figures that fit on a sheet of paper. */
class MetricsByHandTest {

  private static final String HEADER = "row,truth,p_no,p_yes\n";

  @Test
  void fourCases() {
    // positive .8 and .4, negative .6 and .4: pairs .8>.6 1, .8>.4 1, .4<.6 0, .4=.4 ½ → 2.5/4
    var predictions =
        PredictionsTest.read(HEADER + "a,yes,0.2,0.8\nb,yes,0.6,0.4\nc,no,0.4,0.6\nd,no,0.6,0.4\n");
    var metrics = ClassificationMetrics.of(predictions, "yes");
    assertThat(metrics.auc()).isEqualTo(0.625);
    assertThat(metrics.accuracy()).isEqualTo(0.5);
    assertThat(metrics.confusion()).isEqualTo(List.of(List.of(1L, 1L), List.of(1L, 1L)));
    assertThat(metrics.macroF1()).isEqualTo(0.5);
    // (.2² + .6² + .6² + .4²) / 4
    assertThat(metrics.brier()).isCloseTo(0.23, within(1e-12));
    // confidence .8 is right: .2·1/4; three cases of .6 with one right: |1/3 − .6|·3/4
    assertThat(metrics.calibrationError()).isCloseTo(0.05 + 0.2, within(1e-12));
    // Brier's own form counts both classes
    assertThat(ClassificationMetrics.of(predictions, null).brier()).isCloseTo(0.46, within(1e-12));
  }

  @Test
  void oneClassAloneHasNoAuc() {
    var metrics = ClassificationMetrics.of(PredictionsTest.read(HEADER + "a,yes,0,1\n"), "yes");
    assertThat(metrics.auc()).isNull();
    assertThat(metrics.macroF1()).as("the class that never occurs does not count").isOne();
    assertThat(metrics.classes().get(0).recall()).isNull();
  }

  @Test
  void theStabilityIndexOfATextbookTable() {
    // Σ(q−p)·ln(q/p) of 50/50 and 40/60: .1·ln(.5/.4) + .1·ln(.6/.5)
    var psi = Distance.populationStability(new long[] {50, 50}, new long[] {40, 60});
    assertThat(psi).isCloseTo(0.1 * Math.log(1.25) + 0.1 * Math.log(1.2), within(1e-12));
    assertThat(Distance.populationStability(new long[] {7, 3}, new long[] {70, 30})).isZero();
  }

  @Test
  void anEmptyBinCountsAsHalfACaseAndOneEmptyOnBothSidesNot() {
    var psi = Distance.populationStability(new long[] {100, 0, 0}, new long[] {90, 10, 0});
    var byHand = -0.1 * Math.log(0.9) + (0.1 - 0.005) * Math.log(0.1 / 0.005);
    assertThat(psi).isCloseTo(byHand, within(1e-12));
  }

  @Test
  void distributionsWithNothingInCommonAreAsFarApartAsCanBe() {
    assertThat(Distance.jensenShannon(new long[] {5, 0}, new long[] {0, 9}))
        .isCloseTo(Math.sqrt(Math.log(2)), within(1e-12));
    assertThat(Distance.jensenShannon(new long[] {5, 5}, new long[] {9, 9})).isZero();
  }

  @Test
  void aBoundIsTheSameForTheSameSeedAndZeroForTheSameModel() {
    var candidate = ReferenceFigures.candidate();
    var bound = PairedBootstrap.macroF1Difference(candidate, ReferenceFigures.champion(), 7);
    assertThat(PairedBootstrap.macroF1Difference(candidate, ReferenceFigures.champion(), 7))
        .isEqualTo(bound);
    assertThat(PairedBootstrap.macroF1Difference(candidate, ReferenceFigures.champion(), 8))
        .isNotEqualTo(bound);
    var none = PairedBootstrap.macroF1Difference(candidate, candidate, 7);
    assertThat(none.difference()).isZero();
    assertThat(none.lower()).isZero();
  }

  @Test
  void binsOfAFeatureWithoutValuesOrWithOneAreStillBins() {
    var nothing = FrozenBins.of(Feature.numbers("speed", new double[] {Double.NaN, Double.NaN}));
    assertThat(nothing.labels()).containsExactly("any", "missing");
    assertThat(nothing.counts()).containsExactly(0L, 2L);
    var same = FrozenBins.of(Feature.numbers("speed", new double[] {3, 3, 3}));
    assertThat(same.edges()).containsExactly(3.0);
    assertThat(same.count(Feature.numbers("speed", new double[] {2, 3, 4, Double.NaN})))
        .containsExactly(2, 1, 1);
  }

  @Test
  void onlyTheMostFrequentCategoriesHaveABinOfTheirOwn() {
    var values = new ArrayList<String>();
    for (var category = 0; category < 60; category++) {
      values.addAll(Collections.nCopies(category < 50 ? 2 : 1, "c" + category));
    }
    var bins = FrozenBins.of(Feature.categories("operator", values));
    assertThat(bins.categories()).hasSize(50).doesNotContain("c50").contains("c0", "c49");
    assertThat(bins.counts().get(50)).isEqualTo(10);
  }

  @Test
  void binsOfAnotherKindAreRefused() {
    var bins = FrozenBins.of(Feature.numbers("speed", new double[] {1, 2}));
    assertThatThrownBy(() -> bins.count(Feature.categories("speed", List.of("a"))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("speed: is a category, but its bins were frozen for a number");
  }

  @Test
  void aCellThatIsNoNumberIsNamed() {
    assertThat(Feature.of("speed", FeatureKind.NUMBER, List.of("1.5", "", "nan", "-2e3")).present())
        .containsExactly(1.5, -2000);
    for (var cell : List.of("fast", "1e999", "Infinity", "1_000")) {
      assertThatThrownBy(() -> Feature.of("speed", FeatureKind.NUMBER, List.of("1", cell)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("row 2, column speed: '" + cell + "' is not a number");
    }
  }

  @Test
  void groupsThatAreAllNeverSelectedAreTreatedAlike() {
    var predictions = PredictionsTest.read(HEADER + "a,no,1,0\nb,no,1,0\nc,yes,1,0\n");
    var gaps = FairnessGap.of(predictions, "phase", List.of("x", "y", "y"), "yes", 1);
    var recall = gaps.get(0);
    assertThat(recall.gap()).as("only one group has a positive case").isNull();
    var selection = gaps.get(1);
    assertThat(selection.gap()).isZero();
    assertThat(selection.ratio()).isOne();
  }

  @Test
  void aColumnThatNamesEveryRowIsNoGrouping() {
    var rows = new StringBuilder(HEADER);
    var groups = new ArrayList<String>();
    for (var row = 0; row < 201; row++) {
      rows.append(row).append(",no,1,0\n");
      groups.add("g" + row);
    }
    var predictions = PredictionsTest.read(rows.toString());
    assertThatThrownBy(() -> FairnessGap.of(predictions, "id", groups, "yes", 30))
        .hasMessageContaining("column id: has more than 200 groups");
  }
}
