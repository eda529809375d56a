package org.balsam.standard.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.standard.workspace.TemplateFixture.change;
import static org.balsam.standard.workspace.TemplateFixture.copyTo;
import static org.balsam.standard.workspace.TemplateFixture.declare;
import static org.balsam.standard.workspace.TemplateFixture.render;
import static org.balsam.standard.workspace.TemplateFixture.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceRenderingTest {

  private static final String NAME = "[a-z][-a-z0-9]{0,61}[a-z0-9]";

  @TempDir Path temporary;

  @Test
  void credentialsBecomeReferencesToTheSecretOfTheWorkspace() {
    var made = render(TemplateFixture.ELYRA, "Labour force survey");
    var env = pod(made).at("/containers/0/env");
    assertThat(env.get(2).toString())
        .isEqualTo(
            """
            {"name":"S3_ACCESS_KEY_ID","valueFrom":{"secretKeyRef":{"name":"ws-lfs-ujdoe01-credentials","key":"s3-access-key"}}}""");
    assertThat(env.get(3).at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("s3-secret-key");
    assertThat(pod(made).at("/initContainers/0/env/0/valueFrom/secretKeyRef/key").asText())
        .isEqualTo("git-token");
    assertThat(made.secret()).isEqualTo("ws-lfs-ujdoe01-credentials");
    assertThat(made.secretKeys()).containsExactly("git-token", "s3-access-key", "s3-secret-key");
  }

  @Test
  void namespaceAndConfinementAreNotTheTemplates() {
    var made = render(TemplateFixture.ELYRA, "lfs");
    assertThat(made.objects().values())
        .allMatch(object -> object.at("/metadata/namespace").asText().equals("lab-lfs"));
    assertThat(pod(made).has("serviceAccountName")).isFalse();
    assertThat(pod(made).path("automountServiceAccountToken").booleanValue()).isFalse();
    assertThat(pod(made).at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
    for (var container : List.of("/initContainers/0", "/containers/0")) {
      var security = pod(made).at(container + "/securityContext");
      assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", "lab-cpi", "proj-{{Workspace.Id}}"})
  void anotherNamespaceIsRefused(String namespace) {
    var folder = TemplateFixture.copyTo(temporary.resolve("elyra"));
    TemplateFixture.change(folder, "deployment.yaml", "proj-{{Project.Id}}", namespace);
    assertThatThrownBy(() -> render(folder, "lfs"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("deployment.yaml, metadata.namespace: is '")
        .hasMessageContaining("write proj-{{Project.Id}}");
  }

  @Test
  void theAddressIsThatOfTheAnnotation() {
    assertThat(render(TemplateFixture.ELYRA, "jdoe01").url())
        .hasToString("https://work.nsi.example/jdoe01/ws-lfs-ujdoe01");
  }

  @Test
  void curliesWritesTwoBraces() {
    assertThat(gitconfig(render(TemplateFixture.ELYRA, "lfs"))).contains("{{as it is}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: {b}\n- c",
        "\"; rm -rf",
        "'",
        "x\n---\nkind: Secret",
        "&anchor *alias",
        "!!java.net.URL [x]",
        "# comment",
        "{{User.GitPAT}}",
        "}}{{#each this}}",
        "\u2028| >\t-",
        "$(S3_SECRET_ACCESS_KEY)",
        "~",
        "<b>Å&amp;</b>"
      })
  void noValueChangesWhatIsAroundIt(String hostile) {
    var folder = withNote("value: {{Parameters.note}}");
    var template = TemplateFolder.read(folder);
    var plain =
        WorkspaceRendering.render(
            template, values("lfs"), Map.of("note", TextNode.valueOf("harmless")));
    var made =
        WorkspaceRendering.render(
            template, values("lfs"), Map.of("note", TextNode.valueOf(hostile)));
    assertThat(made.objects().keySet()).isEqualTo(plain.objects().keySet());
    made.objects()
        .forEach(
            (file, object) ->
                assertThat(shape(object)).isEqualTo(shape(plain.objects().get(file))));
    assertThat(pod(made).at("/containers/0/env/0/value").asText())
        .isEqualTo(hostile.replace("$(", "$$("));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deployment.yaml | start-elyra.sh      | \"; rm -rf ~ #    | on a command line",
        "deployment.yaml | start-elyra.sh      | $(HOME)           | on a command line",
        "deployment.yaml | start-elyra.sh      | --allow-root      | on a command line",
        "home.yaml       | storage: 2Gi        | a b               | here",
        "deployment.yaml | image: registry.nsi.example/elyra | ../x | here",
        "git.yaml        | [user]              | a\"b              | in a ConfigMap",
        "git.yaml        | [user]              | [core]            | in a ConfigMap",
        "ingress.yaml    | https://work        | x@evil.example    | in a URL",
        "ingress.yaml    | https://work        | evil.example:81   | in a URL",
        "service.yaml    | name: {{Branch.Id}} | a b               | in a name"
      })
  void whatHasAMeaningThereIsRefusedWithTheValueAndWhatIsAllowed(
      String file, String at, String value, String place) {
    var folder = withNote("value: {{Parameters.note}}");
    change(folder, file, at, at + "{{Parameters.note}}");
    var template = TemplateFolder.read(folder);
    assertThatThrownBy(
            () ->
                WorkspaceRendering.render(
                    template, values("lfs"), Map.of("note", TextNode.valueOf(value))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(file)
        .hasMessageContaining("{{Parameters.note}}: '" + value + "' is not allowed " + place)
        .hasMessageContaining("allowed: ");
  }

  @Test
  void aNewLineDoesNotStartASettingOfItsOwn() {
    var folder = withNote("value: {{Parameters.note}}");
    change(folder, "git.yaml", "[user]", "[{{Parameters.note}}]");
    var template = TemplateFolder.read(folder);
    assertThatThrownBy(
            () ->
                WorkspaceRendering.render(
                    template,
                    values("lfs"),
                    Map.of("note", TextNode.valueOf("a\n[core]\nsshCommand=evil"))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("git.yaml, data..gitconfig: {{Parameters.note}}");
  }

  @Test
  void namesOfPeopleArePlainWhereTheyWouldHaveAMeaning() {
    var made = render(TemplateFixture.ELYRA, "Åland \"; rm -rf ~");
    var args = pod(made).at("/containers/0/args/0").asText();
    assertThat(args).startsWith("cd \"/home/jovyan/aland-rm-rf-").doesNotContain("~", "; rm");
    assertThat(pod(made).at("/containers/0/env/0/value").asText()).isEqualTo("Åland \"; rm -rf ~");
    assertThat(gitconfig(made)).contains("name = Åland  rm -rf");
    assertThat(made.objects().get("git.yaml").at("/metadata/annotations/title").asText())
        .isEqualTo("Åland \"; rm -rf ~");
  }

  @Test
  void differentNamesStayDifferentInEveryScript() {
    var seen = new HashSet<String>();
    for (var name :
        List.of(
            "Åland",
            "Öland",
            "Aland",
            "Oland",
            "aland",
            "åland",
            "Työvoima",
            "Tyovoima",
            "Élevage",
            "Elevage",
            "Έρευνα",
            "Ερευνα",
            "Έρευνες",
            "📊",
            "📊🎉",
            "2026",
            "n-2026",
            "日本",
            "!",
            "?")) {
      var plain = PlainName.of(name);
      assertThat(plain).matches(NAME).hasSizeLessThanOrEqualTo(35);
      assertThat(seen.add(plain)).as(name + " is " + plain).isTrue();
      for (var object : render(TemplateFixture.ELYRA, name).objects().values()) {
        var called = object.at("/metadata/name").asText();
        assertThat(called).matches(NAME);
        assertThat(seen.add(object.path("kind").asText() + called)).as(called).isTrue();
        object.at("/metadata/labels").forEach(label -> assertThat(label.asText()).matches(NAME));
      }
    }
  }

  @Test
  void theSameNameIsTheSameHoweverItsMarksAreWritten() {
    var apart = Normalizer.normalize("Åland", Normalizer.Form.NFD);
    assertThat(apart).isNotEqualTo("Åland");
    assertThat(PlainName.of(apart)).isEqualTo(PlainName.of("Åland"));
    assertThat(PlainName.of("lfs")).isEqualTo("lfs");
  }

  @Test
  void whatReferencesALongNameStillFindsIt() {
    var made = render(TemplateFixture.ELYRA, "A survey whose name is much longer than any label");
    var labels = made.objects().get("deployment.yaml").at("/spec/template/metadata/labels");
    assertThat(labels.path("app").asText()).hasSizeLessThanOrEqualTo(63);
    assertThat(made.objects().get("service.yaml").at("/spec/selector")).isEqualTo(labels);
    assertThat(pod(made).at("/volumes/0/persistentVolumeClaim/claimName"))
        .isEqualTo(made.objects().get("home.yaml").at("/metadata/name"));
  }

  @Test
  void theBucketIsThatOfTheProjectAlone() {
    assertThat(pod(render(TemplateFixture.ELYRA, "Åland")).at("/containers/0/env/1/value").asText())
        .isEqualTo("nsi-lab-lfs-work");
  }

  @Test
  void numbersAndTruthValuesAreSuch() {
    var folder = copyTo(temporary.resolve("template"));
    declare(
        folder,
        """
        - {name: port, description: Port, default: 8888, schema: {type: integer, minimum: 1024, maximum: 9999}}
        - {name: lab, description: Lab, default: false, schema: {type: boolean}}
        """);
    change(folder, "deployment.yaml", "8888", "{{Parameters.port}}");
    change(
        folder,
        "deployment.yaml",
        "value: {{Project.Name}}",
        "value: \"{{Parameters.port}}{{#if Parameters.lab}}, lab{{else}}, no lab{{/if}}\"");
    var template = TemplateFolder.read(folder);
    var made =
        WorkspaceRendering.render(
            template,
            values("lfs"),
            Map.of("port", IntNode.valueOf(9000), "lab", BooleanNode.TRUE));
    assertThat(pod(made).at("/containers/0/ports/0/containerPort").intValue()).isEqualTo(9000);
    assertThat(pod(made).at("/containers/0/env/0/value").textValue()).isEqualTo("9000, lab");
    var defaults = WorkspaceRendering.render(template, values("lfs"), Map.of());
    assertThat(pod(defaults).at("/containers/0/env/0/value").textValue()).isEqualTo("8888, no lab");
    assertThatThrownBy(
            () ->
                WorkspaceRendering.render(
                    template,
                    values("lfs"),
                    Map.of("port", IntNode.valueOf(80), "ram", IntNode.valueOf(1))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("port: '80' must have a minimum value of 1024")
        .hasMessageContaining("ram: is not a parameter; allowed: [port, lab]");
  }

  private Path withNote(String line) {
    var folder = copyTo(temporary.resolve("template"));
    declare(
        folder,
        "- {name: note, description: Note, default: none, schema: {type: string, maxLength: 100}}");
    change(folder, "deployment.yaml", "value: {{Project.Name}}", line);
    return folder;
  }

  private static JsonNode pod(WorkspaceManifests made) {
    return made.objects().get("deployment.yaml").at("/spec/template/spec");
  }

  private static String gitconfig(WorkspaceManifests made) {
    return made.objects().get("git.yaml").at("/data/.gitconfig").asText();
  }

  /** Keys, lists and kinds of values, without the texts. */
  private static JsonNode shape(JsonNode node) {
    if (node.isObject()) {
      var shape = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(one -> shape.set(one.getKey(), shape(one.getValue())));
      return shape;
    }
    if (node.isArray()) {
      var shape = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> shape.add(shape(item)));
      return shape;
    }
    return node.isTextual() ? TextNode.valueOf("text") : node;
  }
}
