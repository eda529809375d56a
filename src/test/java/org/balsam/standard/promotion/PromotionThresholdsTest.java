package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Map;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;

class PromotionThresholdsTest {

  @Test
  void theDefaultsAreThoseOfTheDomain() {
    var standard = PromotionThresholds.of(Map.of());
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
  void aProjectSetsThresholds() {
    var thresholds = PromotionThresholds.of(Map.of("psi-block", new BigDecimal("0.3")));
    assertThat(thresholds.get(PromotionThreshold.PSI_BLOCK)).isEqualByComparingTo("0.3");
    assertThat(thresholds.get(PromotionThreshold.PSI_REVIEW)).isEqualByComparingTo("0.10");
  }

  @Test
  void whatMakesNoSenseIsRefusedByName() {
    var declared = Map.of("ece", new BigDecimal("0.6"), "psi-blok", BigDecimal.ONE);
    assertThatThrownBy(() -> PromotionThresholds.of(declared))
        .isInstanceOfSatisfying(Invalid.class, refusal -> assertThat(refusal.problems()).hasSize(2))
        .hasMessageContaining("ece: 0.6 is not allowed; allowed: 0 to 0.5")
        .hasMessageContaining("psi-blok: is not a threshold; allowed: macro-f1-drop, ");
  }

  @Test
  void reviewStartsBeforeBlock() {
    var declared = Map.of("psi-review", new BigDecimal("0.3"));
    assertThatThrownBy(() -> PromotionThresholds.of(declared))
        .hasMessageContaining("psi-review: 0.3 is above psi-block 0.25");
  }

  @Test
  void casesAreWhole() {
    var declared = Map.of("minimum-group", new BigDecimal("30.5"));
    assertThatThrownBy(() -> PromotionThresholds.of(declared))
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
}
