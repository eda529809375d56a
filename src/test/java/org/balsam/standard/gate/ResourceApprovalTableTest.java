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

  /** The quota of how many, and that of GPUs. */
  private static final List<List<String>> QUOTAS =
      List.of(
          List.of("within", "within"),
          List.of("within", "exceeded"),
          List.of("exceeded", "within"),
          List.of("exceeded", "exceeded"));

  private final DmnEngine engine =
      DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
  private final DmnDecision decision = engine.parseDecision("resourceApproval", table());

  @ParameterizedTest
  @CsvSource({
    "small,  internet, confidential, within,   within,   refuse,  Confidential data may not be used",
    "gpu,    internet, confidential, exceeded, exceeded, refuse,  Confidential data may not be used",
    "gpu,    offline,  public,       within,   exceeded, refuse,  no GPU left",
    "gpu,    offline,  public,       exceeded, exceeded, refuse,  no GPU left",
    "gpu,    internet, internal,     within,   exceeded, refuse,  no GPU left",
    "gpu,    offline,  public,       exceeded, within,   owner,   quota would be exceeded",
    "large,  offline,  public,       within,   exceeded, owner,   hardware is expensive",
    "small,  internet, internal,     within,   within,   steward, internal data would be used",
    "large,  internet, internal,     exceeded, within,   steward, internal data would be used",
    "gpu,    internet, internal,     exceeded, within,   steward, internal data would be used",
    "small,  internal, confidential, within,   within,   steward, network that other systems share",
    "gpu,    internal, confidential, within,   within,   steward, network that other systems share",
    "small,  offline,  public,       exceeded, within,   owner,   quota would be exceeded",
    "medium, offline,  confidential, exceeded, exceeded, owner,   quota would be exceeded",
    "large,  offline,  public,       within,   within,   owner,   hardware is expensive",
    "gpu,    internet, public,       within,   within,   owner,   hardware is expensive",
    "small,  offline,  confidential, within,   within,   none,    Everyday resources",
    "small,  offline,  public,       within,   exceeded, none,    Everyday resources",
    "medium, internal, internal,     within,   within,   none,    Everyday resources",
    "medium, internet, public,       within,   within,   none,    Everyday resources",
    "huge,   offline,  public,       within,   within,   refuse,  No rule of the table foresees",
    "small,  offline,  secret,       within,   within,   refuse,  No rule of the table foresees",
    "small,  lan,      public,       within,   within,   refuse,  No rule of the table foresees",
  })
  void decides(
      String hardware,
      String network,
      String classification,
      String quota,
      String gpuQuota,
      String approval,
      String reason) {
    var answer = decide(hardware, network, classification, quota, gpuQuota);
    assertThat(answer).containsEntry("approval", approval);
    assertThat((String) answer.get("reason")).containsIgnoringCase(reason);
  }

  @Test
  void everyCombinationHasAnAnswerAndConfidentialDataNeverMeetTheInternet() {
    for (var hardware : HardwareProfile.values()) {
      for (var network : NetworkClass.values()) {
        for (var classification : Classification.values()) {
          for (var quotas : QUOTAS) {
            var answer =
                decide(
                    hardware.value(),
                    network.name().toLowerCase(Locale.ROOT),
                    classification.value(),
                    quotas.get(0),
                    quotas.get(1));
            var approval = ResourceApproval.parse((String) answer.get("approval"));
            if (network == NetworkClass.INTERNET && classification == Classification.CONFIDENTIAL) {
              assertThat(approval).isEqualTo(ResourceApproval.REFUSE);
            }
            if (quotas.get(0).equals("exceeded")) {
              assertThat(approval).isNotEqualTo(ResourceApproval.NONE);
            }
            if (hardware == HardwareProfile.GPU && quotas.get(1).equals("exceeded")) {
              assertThat(approval).isEqualTo(ResourceApproval.REFUSE);
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
    assertThat(decide(null, "offline", "public", "within", "within"))
        .containsEntry("approval", "refuse");
    assertThat(decide("small", "offline", "public", null, "within"))
        .containsEntry("approval", "refuse");
    assertThat(decide("small", "offline", "public", "within", null))
        .containsEntry("approval", "refuse");
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
      String hardware, String network, String classification, String quota, String gpuQuota) {
    return engine
        .evaluateDecisionTable(
            decision,
            Variables.putValue("hardwareProfile", hardware)
                .putValue("networkClass", network)
                .putValue("classification", classification)
                .putValue("quota", quota)
                .putValue("gpuQuota", gpuQuota))
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
