package org.balsam.standard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.balsam.kernel.Classification;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.JobSpec.Resources;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table that governance people edit, rule by rule, in Camunda's decision engine. */
class ResourceApprovalTableTest {

  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision = engine.parseDecision("resourceApproval", table());

  @ParameterizedTest
  @CsvSource({
    "small,  internet, confidential, within,   refuse,  Confidential data may not be used",
    "gpu,    internet, confidential, exceeded, refuse,  Confidential data may not be used",
    "gpu,    offline,  public,       exceeded, refuse,  no GPU left",
    "gpu,    internet, internal,     exceeded, refuse,  no GPU left",
    "small,  internet, internal,     within,   steward, internal data would be used",
    "large,  internet, internal,     exceeded, steward, internal data would be used",
    "small,  internal, confidential, within,   steward, network that other systems share",
    "gpu,    internal, confidential, within,   steward, network that other systems share",
    "small,  offline,  public,       exceeded, owner,   quota would be exceeded",
    "medium, offline,  confidential, exceeded, owner,   quota would be exceeded",
    "large,  offline,  public,       within,   owner,   hardware is expensive",
    "gpu,    internet, public,       within,   owner,   hardware is expensive",
    "small,  offline,  confidential, within,   none,    Everyday resources",
    "medium, internal, internal,     within,   none,    Everyday resources",
    "medium, internet, public,       within,   none,    Everyday resources",
    "huge,   offline,  public,       within,   refuse,  No rule of the table foresees",
    "small,  offline,  secret,       within,   refuse,  No rule of the table foresees",
    "small,  lan,      public,       within,   refuse,  No rule of the table foresees",
  })
  void decides(
      String hardware,
      String network,
      String classification,
      String quota,
      String approval,
      String reason) {
    var answer = decide(hardware, network, classification, quota);
    assertThat(answer).containsEntry("approval", approval);
    assertThat((String) answer.get("reason")).containsIgnoringCase(reason);
  }

  @Test
  void everyCombinationHasAnAnswerAndConfidentialDataNeverMeetTheInternet() {
    for (var hardware : HardwareProfile.values()) {
      for (var network : NetworkClass.values()) {
        for (var classification : Classification.values()) {
          for (var quota : List.of("within", "exceeded")) {
            var answer =
                decide(
                    hardware.value(),
                    network.name().toLowerCase(Locale.ROOT),
                    classification.value(),
                    quota);
            var approval = ResourceApproval.parse((String) answer.get("approval"));
            if (network == NetworkClass.INTERNET && classification == Classification.CONFIDENTIAL) {
              assertThat(approval).isEqualTo(ResourceApproval.REFUSE);
            }
            if (quota.equals("exceeded")) {
              assertThat(approval).isNotEqualTo(ResourceApproval.NONE);
            }
            assertThat((String) answer.get("reason"))
                .isNotBlank()
                .doesNotContain("No rule of the table");
          }
        }
      }
    }
  }

  @Test
  void aMissingAnswerIsRefused() {
    assertThat(decide(null, "offline", "public", "within")).containsEntry("approval", "refuse");
    assertThat(decide("small", "offline", "public", null)).containsEntry("approval", "refuse");
  }

  @Test
  void everyRuleSaysWhyAndTheTableIsDrawn() throws Exception {
    try (var text = table()) {
      var model = Dmn.readModelFromStream(text);
      assertThat(model.getModelElementsByType(Rule.class))
          .hasSize(8)
          .allSatisfy(rule -> assertThat(rule.getDescription().getTextContent()).isNotBlank());
      org.camunda.bpm.model.dmn.instance.Decision table =
          model.getModelElementById("resourceApproval");
      assertThat(table.getCamundaHistoryTimeToLiveString()).isEqualTo("P3650D");
    }
    try (var text = table()) {
      assertThat(new String(text.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("dmndi:DMNShape");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4096, 0, small",
    "2, 8192, 0, small",
    "3, 1, 0, medium",
    "1, 8193, 0, medium",
    "8, 32768, 0, medium",
    "9, 1, 0, large",
    "1, 32769, 0, large",
    "1, 1, 1, gpu"
  })
  void resourcesHaveTheSmallestProfileThatTheyFitInto(
      int cpu, int memoryMib, int gpu, String profile) {
    var resources = new Resources(cpu, memoryMib, gpu, java.time.Duration.ofHours(1), 1L);
    assertThat(HardwareProfile.of(resources)).isEqualTo(HardwareProfile.parse(profile));
  }

  private Map<String, Object> decide(
      String hardware, String network, String classification, String quota) {
    return engine
        .evaluateDecisionTable(
            decision,
            Variables.putValue("hardwareProfile", hardware)
                .putValue("networkClass", network)
                .putValue("classification", classification)
                .putValue("quota", quota))
        .getSingleResult()
        .getEntryMap();
  }

  private static InputStream table() {
    var table =
        ResourceApprovalTableTest.class.getResourceAsStream("/processes/resource-approval.dmn");
    assertThat(table).isNotNull();
    return table;
  }
}
