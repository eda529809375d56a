package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.balsam.standard.gate.ProductType;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** The table that governance people edit, rule by rule, in Camunda's decision engine. */
class PromotionGateTableTest {

  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision = engine.parseDecision("promotionGate", table());

  @ParameterizedTest
  @CsvSource({
    "pinned,              met,            official,     pass",
    "drift,               met,            experimental, pass",
    "pinned,              missing,        official,     block",
    "pinned,              missing,        experimental, block",
    "pinned,              not-applicable, experimental, block",
    "held-out-metric,     missing,        experimental, block",
    "card-complete,       missing,        official,     block",
    "reproducible,        missing,        official,     block",
    "held-out-metric,     no-champion,    official,     review",
    "calibration,         no-champion,    experimental, review",
    "class-recall,        too-few,        official,     review",
    "drift,               borderline,     official,     review",
    "effect-on-statistic, not-applicable, experimental, pass",
    "effect-on-statistic, not-applicable, official,     review",
    "reproducible,        not-applicable, experimental, review",
    "fairness,            not-applicable, official,     review",
    "calibration,         not-met,        experimental, review",
    "drift,               not-met,        experimental, review",
    "fairness,            not-met,        experimental, review",
    "effect-on-statistic, not-met,        experimental, review",
    "effect-on-statistic, not-met,        official,     block",
    "calibration,         not-met,        official,     block",
    "drift,               not-met,        official,     block",
    "fairness,            not-met,        official,     block",
    "held-out-metric,     not-met,        experimental, block",
    "class-recall,        not-met,        experimental, block",
    "reproducible,        not-met,        experimental, block",
    "drift,               nobody-knows,   official,     block",
  })
  void decides(String check, String finding, String productType, String verdict) {
    assertThat(decide(check, finding, productType)).isEqualTo(verdict);
  }

  @Test
  void everyCombinationHasAnAnswerAndOnlyWhatIsMetOrNotConcernedPasses() {
    for (var criterion : PromotionCriterion.values()) {
      for (var finding : PromotionFinding.values()) {
        for (var product : ProductType.values()) {
          var verdict =
              PromotionVerdict.parse(decide(criterion.id(), finding.value(), product.value()));
          var mayPass =
              finding == PromotionFinding.MET
                  || finding == PromotionFinding.NOT_APPLICABLE
                      && criterion == PromotionCriterion.EFFECT_ON_STATISTIC
                      && product == ProductType.EXPERIMENTAL;
          assertThat(verdict == PromotionVerdict.PASS)
              .as("%s %s %s", criterion, finding, product)
              .isEqualTo(mayPass);
        }
      }
    }
  }

  @Test
  void noFindingAtAllStops() {
    assertThat(decide("drift", null, "official")).isEqualTo("block");
  }

  @Test
  void everyRuleSaysWhyAndTheTableIsDrawn() throws Exception {
    try (var text = table()) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      var document = factory.newDocumentBuilder().parse(text);
      var rules = new ArrayList<Element>();
      var nodes = document.getElementsByTagNameNS("*", "rule");
      for (var index = 0; index < nodes.getLength(); index++) {
        rules.add((Element) nodes.item(index));
      }
      assertThat(rules)
          .hasSize(12)
          .allSatisfy(
              rule ->
                  assertThat(
                          rule.getElementsByTagNameNS("*", "description").item(0).getTextContent())
                      .isNotBlank());
      assertThat(document.getElementsByTagNameNS("*", "DMNShape").getLength()).isEqualTo(4);
      assertThat(document.getElementsByTagNameNS("*", "inputValues").item(0).getTextContent())
          .contains(
              Arrays.stream(PromotionCriterion.values())
                  .map(criterion -> '"' + criterion.id() + '"')
                  .toList());
      assertThat(document.getElementsByTagNameNS("*", "inputValues").item(1).getTextContent())
          .contains(
              Arrays.stream(PromotionFinding.values())
                  .map(finding -> '"' + finding.value() + '"')
                  .toList());
    }
  }

  private String decide(String check, String finding, String productType) {
    return engine
        .evaluateDecisionTable(
            decision,
            Variables.putValue("check", check)
                .putValue("finding", finding)
                .putValue("productType", productType))
        .getSingleResult()
        .getEntry("verdict");
  }

  private static InputStream table() {
    var table = PromotionGateTableTest.class.getResourceAsStream("/processes/promotion-gate.dmn");
    assertThat(table).isNotNull();
    return table;
  }
}
