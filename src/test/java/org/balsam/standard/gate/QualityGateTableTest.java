package org.balsam.standard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** The table that governance people edit, rule by rule, in Camunda's decision engine. */
class QualityGateTableTest {

  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision = engine.parseDecision("qualityGate", table());

  @ParameterizedTest
  @CsvSource({
    "official,     balance,       block, false, block, pass",
    "official,     change,        warn,  false, warn,  pass",
    "experimental, outlier,       info,  false, info,  pass",
    "experimental, change,        block, true,  warn,  explain",
    "experimental, outlier,       block, true,  warn,  explain",
    "experimental, balance,       block, true,  block, block",
    "experimental, completeness,  block, true,  block, block",
    "experimental, minimum-count, block, true,  block, block",
    "official,     change,        block, true,  block, block",
    "official,     outlier,       block, true,  block, block",
    "official,     change,        warn,  true,  warn,  explain",
    "experimental, change,        warn,  true,  warn,  explain",
    "official,     outlier,       info,  true,  info,  pass",
    "experimental, balance,       info,  true,  info,  pass",
    "official,     balance,       fatal, true,  block, block",
  })
  void decides(
      String productType,
      String checkType,
      String declaredSeverity,
      boolean exceeded,
      String severity,
      String verdict) {
    assertThat(decide(productType, checkType, declaredSeverity, exceeded))
        .isEqualTo(Map.of("severity", severity, "verdict", verdict));
  }

  @Test
  void everyCombinationHasAnAnswerThatTheGateUnderstands() {
    for (var product : ProductType.values()) {
      for (var type : List.of("completeness", "balance", "change", "outlier", "minimum-count")) {
        for (var declared : Severity.values()) {
          for (var exceeded : List.of(true, false)) {
            var answer = decide(product.value(), type, declared.value(), exceeded);
            var severity = Severity.parse((String) answer.get("severity"));
            var verdict = Verdict.parse((String) answer.get("verdict"));
            assertThat(severity).isGreaterThanOrEqualTo(declared);
            if (!exceeded) {
              assertThat(verdict).isEqualTo(Verdict.PASS);
            }
          }
        }
      }
    }
  }

  @Test
  void aMissingAnswerOfACheckStops() {
    assertThat(decide("official", "balance", "block", null))
        .isEqualTo(Map.of("severity", "block", "verdict", "block"));
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
          .hasSize(6)
          .allSatisfy(
              rule ->
                  assertThat(
                          rule.getElementsByTagNameNS("*", "description").item(0).getTextContent())
                      .isNotBlank());
      assertThat(document.getElementsByTagNameNS("*", "DMNShape").getLength()).isEqualTo(5);
      var decisionElement = (Element) document.getElementsByTagNameNS("*", "decision").item(0);
      assertThat(
              decisionElement.getAttributeNS(
                  "http://camunda.org/schema/1.0/dmn", "historyTimeToLive"))
          .isNotBlank();
    }
  }

  private Map<String, Object> decide(
      String productType, String checkType, String declaredSeverity, Boolean exceeded) {
    return engine
        .evaluateDecisionTable(
            decision,
            Variables.putValue("productType", productType)
                .putValue("checkType", checkType)
                .putValue("declaredSeverity", declaredSeverity)
                .putValue("exceeded", exceeded))
        .getSingleResult()
        .getEntryMap();
  }

  private static InputStream table() {
    var table = QualityGateTableTest.class.getResourceAsStream("/processes/quality-gate.dmn");
    assertThat(table).isNotNull();
    return table;
  }
}
