package org.balsam.usecase.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.standard.catalogue.CatalogueFixture.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.catalogue.CatalogueFixture;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.WorkspaceTemplates.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTemplatesTest {

  private static final ProjectId LFS = new ProjectId("lfs");
  private static final ProjectId CPI = new ProjectId("cpi");
  private static final Actor OWNER = Actor.user("olga", Set.of("lfs/owner", "cpi/subject"));
  private static final Actor SUBJECT = Actor.user("rita", Set.of("lfs/subject"));

  @TempDir Path folder;

  @BeforeEach
  void putTemplates() {
    put(folder, "jupyter-gpu", "hardware: [gpu]\nroles: [owner, methodology]");
    put(
        folder,
        "ending",
        "hardware: [small]\ndeprecated: {reason: Too old, successor: tuned, until: 2026-11-30}");
    put(
        folder,
        "tuned",
        """
        hardware: [medium, small]
        parameters:
          - name: port
            default: 8888
            schema: { type: integer, minimum: 1024, maximum: 9999 }
          - name: kernel
            schema: { type: string, maxLength: 20, examples: [python] }""");
  }

  private WorkspaceTemplates at(String day) {
    var clock = Clock.fixed(Instant.parse(day + "T23:59:59Z"), ZoneOffset.UTC);
    return new WorkspaceTemplates(CatalogueFixture.of(folder), clock);
  }

  private static Wish wish(
      String id, @Nullable HardwareProfile hardware, Map<String, JsonNode> parameters) {
    return new Wish(id, hardware, parameters);
  }

  private void refused(Wish wish, String... said) {
    assertThatThrownBy(() -> at("2026-12-01").choose(LFS, wish, OWNER))
        .isInstanceOf(Invalid.class)
        .hasMessageContainingAll(said);
  }

  @Test
  void rolesBoundWhoSeesAndUsesATemplateHoweverItIsAskedFor() {
    var templates = at("2026-11-30");
    assertThat(templates.list(LFS, OWNER)).extracting(TemplateView::id).contains("jupyter-gpu");
    assertThat(templates.list(null, OWNER)).extracting(TemplateView::id).contains("jupyter-gpu");
    assertThat(templates.list(CPI, OWNER))
        .extracting(TemplateView::id)
        .contains("tuned")
        .doesNotContain("jupyter-gpu");
    assertThat(templates.list(null, SUBJECT))
        .extracting(TemplateView::id)
        .doesNotContain("jupyter-gpu");
    var steward = Actor.user("stig", Set.of("lfs/steward", "cpi/auditor"));
    assertThat(templates.list(LFS, steward)).isEmpty();
    assertThat(templates.list(null, steward)).isEmpty();
    assertThatThrownBy(() -> templates.list(CPI, SUBJECT)).isInstanceOf(NotFound.class);
    for (var wish :
        new Wish[] {wish("jupyter-gpu", null, Map.of()), Wish.of(HardwareProfile.GPU)}) {
      assertThat(templates.choose(LFS, wish, OWNER).template().id()).isEqualTo("jupyter-gpu");
      assertThatThrownBy(() -> templates.choose(CPI, wish, OWNER))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("owner, methodology in cpi");
      assertThatThrownBy(() -> templates.choose(LFS, wish, SUBJECT)).isInstanceOf(Forbidden.class);
    }
  }

  @Test
  void aDeprecatedTemplateCanBeUsedUpToItsLastDay() {
    var before = at("2026-11-30");
    assertThat(before.choose(LFS, wish("ending", null, Map.of()), OWNER).hardware())
        .isEqualTo(HardwareProfile.SMALL);
    assertThat(before.list(LFS, OWNER).stream().filter(one -> one.id().equals("ending")))
        .singleElement()
        .satisfies(
            one -> assertThat(one.deprecated()).hasFieldOrPropertyWithValue("successor", "tuned"));
    assertThat(at("2026-12-01").list(LFS, OWNER))
        .extracting(TemplateView::id)
        .doesNotContain("ending");
    refused(
        wish("ending", null, Map.of()),
        "/templateId: 'ending' could be used until 2026-11-30: Too old; use 'tuned'");
  }

  @Test
  void whatIsNotThereIsAnsweredWithWhatThePersonMayUseNow() {
    assertThatThrownBy(() -> at("2026-12-01").choose(LFS, wish("none", null, Map.of()), SUBJECT))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "/templateId: there is no template 'none'; allowed: [jupyter-large, jupyter-medium,"
                + " jupyter-small, tuned]");
    assertThatThrownBy(() -> at("2026-12-01").offer(LFS, "none", null, Map.of(), SUBJECT))
        .hasMessageEndingWith("jupyter-small, tuned]");
  }

  @Test
  void hardwareIsThatOfTheTemplate() {
    Map<String, JsonNode> kernel = Map.of("kernel", TextNode.valueOf("r"));
    refused(wish("tuned", null, kernel), "/hardware: is missing", "allows: small, medium");
    refused(
        wish("tuned", HardwareProfile.GPU, kernel),
        "/hardware: 'gpu' is not allowed; the template 'tuned' allows: small, medium");
    refused(wish("jupyter-small", HardwareProfile.LARGE, Map.of()), "allows: small");
    refused(new Wish(null, null, Map.of()), "/templateId: is missing");
    refused(
        wish("huge\n", null, Map.of()), "/templateId: there is no template 'huge\uFFFD'", "tuned");
  }

  @Test
  void parametersAreJudgedByTheServerAndBecomeVariables() {
    var small = HardwareProfile.SMALL;
    var choice =
        at("2026-12-01")
            .choose(
                LFS, wish("tuned", small, Map.of("kernel", TextNode.valueOf("$(HOME)"))), OWNER);
    assertThat(choice.variables())
        .isEqualTo(Map.of("BALSAM_PARAMETER_PORT", "8888", "BALSAM_PARAMETER_KERNEL", "$(HOME)"));
    refused(
        wish(
            "tuned",
            small,
            Map.of(
                "port",
                IntNode.valueOf(80),
                "kernel",
                TextNode.valueOf("a\nPATH=b"),
                "x",
                IntNode.valueOf(1))),
        "/parameters/port: '80' must have a minimum value of 1024",
        "/parameters/kernel: 'a\uFFFDPATH=b' is not allowed",
        "/parameters/x: is not a parameter; allowed: [port, kernel]");
    refused(wish("tuned", small, Map.of()), "/parameters/kernel: is missing");
    refused(
        wish(
            "tuned", small, Map.of("port", TextNode.valueOf("8888"), "kernel", IntNode.valueOf(1))),
        "/parameters/port: '8888'",
        "/parameters/kernel: '1'");
  }

  @Test
  void whatIsRefusedIsForAdministrators() {
    put(folder, "broken", "hardware: []");
    var templates = at("2026-12-01");
    assertThatThrownBy(() -> templates.refused(OWNER)).isInstanceOf(Forbidden.class);
    var admin = Actor.user("anna", Set.of(Actor.PLATFORM_ADMINISTRATORS));
    assertThat(templates.refused(admin))
        .singleElement()
        .satisfies(one -> assertThat(one.template()).isEqualTo("broken"));
  }
}
