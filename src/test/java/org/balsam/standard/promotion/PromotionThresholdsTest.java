package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Map;
import org.balsam.kernel.Invalid;
import org.balsam.standard.promotion.PromotionPolicy.Bounds;
import org.junit.jupiter.api.Test;

class PromotionThresholdsTest {

  private static final PromotionPolicy POLICY =
      PromotionPolicy.of(Map.of("psi-block", bounds("0.2", "0.3"), "min-auc", bounds("0.7", "1")));

  @Test
  void theDefaultsAreThoseOfTheDomain() {
    var standard = PromotionThresholds.of(Map.of(), PromotionPolicy.OPEN);
    assertThat(standard).isEqualTo(PromotionThresholds.STANDARD);
    assertThat(standard.get(PromotionThreshold.MACRO_F1_DROP)).isEqualByComparingTo("0.005");
    assertThat(standard.get(PromotionThreshold.RECALL_DROP)).isEqualByComparingTo("0.05");
    assertThat(standard.get(PromotionThreshold.ECE)).isEqualByComparingTo("0.05");
    assertThat(standard.get(PromotionThreshold.PSI_REVIEW)).isEqualByComparingTo("0.10");
    assertThat(standard.get(PromotionThreshold.PSI_BLOCK)).isEqualByComparingTo("0.25");
    assertThat(standard.get(PromotionThreshold.FAIRNESS_GAP)).isEqualByComparingTo("0.05");
    assertThat(standard.get(PromotionThreshold.FAIRNESS_RATIO)).isEqualByComparingTo("0.8");
    assertThat(standard.get(PromotionThreshold.EFFECT)).isEqualByComparingTo("0.5");
  }

  @Test
  void aProjectSetsThresholdsWithinThePolicy() {
    var thresholds = PromotionThresholds.of(Map.of("psi-block", new BigDecimal("0.3")), POLICY);
    assertThat(thresholds.get(PromotionThreshold.PSI_BLOCK)).isEqualByComparingTo("0.3");
    assertThat(thresholds.get(PromotionThreshold.MIN_AUC))
        .as("a default outside the policy gives way to its nearest bound")
        .isEqualByComparingTo("0.7");
  }

  @Test
  void everythingOutsideIsRefusedByName() {
    var declared = Map.of("psi-block", BigDecimal.ONE, "psi-blok", BigDecimal.ONE);
    assertThatThrownBy(() -> PromotionThresholds.of(declared, POLICY))
        .isInstanceOfSatisfying(Invalid.class, refusal -> assertThat(refusal.problems()).hasSize(2))
        .hasMessageContaining(
            "psi-block: 1 is not allowed by the template's policy; allowed: 0.2 to 0.3")
        .hasMessageContaining("psi-blok: is not a threshold; allowed: macro-f1-drop, ");
  }

  @Test
  void noPolicyAllowsWhatMakesNoSense() {
    assertThatThrownBy(() -> PromotionPolicy.of(Map.of("ece", bounds("-1", "0.1"))))
        .hasMessage("ece: the bounds -1 to 0.1 are not allowed; allowed within 0 to 0.5");
    assertThatThrownBy(() -> PromotionPolicy.of(Map.of("ece", bounds("0.2", "0.1"))))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> PromotionPolicy.of(Map.of("eze", bounds("0", "0.1"))))
        .hasMessageContaining("eze: is not a threshold");
    assertThatThrownBy(
            () ->
                PromotionThresholds.of(Map.of("ece", new BigDecimal("0.6")), PromotionPolicy.OPEN))
        .hasMessageContaining("ece: 0.6");
  }

  @Test
  void reviewStartsBeforeBlock() {
    var declared = Map.of("psi-review", new BigDecimal("0.3"));
    assertThatThrownBy(() -> PromotionThresholds.of(declared, PromotionPolicy.OPEN))
        .hasMessageContaining("psi-review: 0.3 is above psi-block 0.25");
  }

  @Test
  void casesAreWhole() {
    var declared = Map.of("minimum-group", new BigDecimal("30.5"));
    assertThatThrownBy(() -> PromotionThresholds.of(declared, PromotionPolicy.OPEN))
        .hasMessage("minimum-group: 30.5 is not a whole number of cases");
  }

  @Test
  void theProjectFilesSchemaKnowsTheSameThresholds() throws Exception {
    var file = getClass().getResourceAsStream("/schema/balsam-project.schema.json");
    var schema = new ObjectMapper().readTree(file).at("/$defs/thresholds/properties");
    assertThat(schema).hasSameSizeAs(PromotionThreshold.values());
    for (var threshold : PromotionThreshold.values()) {
      var declared = schema.path(threshold.key());
      assertThat(declared.path("maximum").decimalValue())
          .as(threshold.key())
          .isEqualByComparingTo(threshold.highest());
      if (threshold != PromotionThreshold.MIN_AUC) {
        assertThat(declared.path("minimum").decimalValue())
            .as(threshold.key())
            .isEqualByComparingTo(threshold.lowest());
        assertThat(declared.path("default").decimalValue())
            .as(threshold.key())
            .isEqualByComparingTo(threshold.standard());
      }
    }
  }

  @Test
  void surviveJson() throws Exception {
    var json = new ObjectMapper();
    var text = json.writeValueAsString(PromotionThresholds.STANDARD);
    assertThat(text).contains("\"psi-block\":0.25");
    assertThat(json.readValue(text, PromotionThresholds.class))
        .isEqualTo(PromotionThresholds.STANDARD);
  }

  private static Bounds bounds(String lowest, String highest) {
    return new Bounds(new BigDecimal(lowest), new BigDecimal(highest));
  }
}
