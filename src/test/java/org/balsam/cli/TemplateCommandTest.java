package org.balsam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.standard.workspace.TemplateFixture.ELYRA;
import static org.balsam.standard.workspace.TemplateFixture.change;
import static org.balsam.standard.workspace.TemplateFixture.copyTo;
import static org.balsam.standard.workspace.TemplateFixture.declare;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.balsam.Balsam;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.YamlTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {

  @TempDir Path temporary;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void checkSaysWhatTheTemplateIs() {
    assertThat(run("template", "check", ELYRA.toString())).as(errors.toString()).isZero();
    assertThat(output.toString())
        .contains("Elyra for surveys", "ingress.yaml: Ingress")
        .contains("credentials from a Secret: git-token, s3-access-key, s3-secret-key")
        .contains("can be used");
  }

  @Test
  void checkNamesEveryPlaceThatIsNotSafe() {
    var folder = copyTo(temporary.resolve("template"));
    change(
        folder, "deployment.yaml", "https://git", "https://{{User.UserName}}:{{User.GitPAT}}@git");
    change(folder, "deployment.yaml", "emptyDir: {}", "hostPath: {path: /}");
    assertThat(run("template", "check", folder.toString())).isEqualTo(2);
    assertThat(errors.toString())
        .contains("initContainers.0.args.0: {{User.GitPAT}} is a credential", "in a URL");
    assertThat(errors.toString()).contains("hostPath: is not allowed").doesNotContain("\tat ");
  }

  @Test
  void renderWritesManifestsThatKubernetesReads() throws Exception {
    var out = temporary.resolve("out");
    assertThat(render(ELYRA, out, "--project-name=Åland: {b} \"; rm"))
        .as(errors.toString())
        .isZero();
    assertThat(output.toString())
        .contains("5 manifests in " + out)
        .contains("needs the Secret ws-lfs-ujdoe01-credentials with the keys git-token,");
    var deployment =
        Serialization.unmarshal(Files.readString(out.resolve("deployment.yaml")), Deployment.class);
    assertThat(deployment.getAdditionalProperties()).isEmpty();
    assertThat(deployment.getMetadata().getNamespace()).isEqualTo("lab-lfs");
    var env = deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv();
    assertThat(env.get(0).getValue()).isEqualTo("Åland: {b} \"; rm");
    assertThat(env.get(3).getValueFrom().getSecretKeyRef().getKey()).isEqualTo("s3-secret-key");
    var volumes = deployment.getSpec().getTemplate().getSpec().getVolumes();
    assertThat(volumes.get(2).getConfigMap().getDefaultMode()).isEqualTo(0440);
    assertThat(temporary).isDirectoryNotContaining("glob:**.part*");
    assertThat(read(out.resolve("git.yaml")).at("/data/.gitconfig").asText())
        .startsWith("[user]\n  name = jdoe01\n  email = jo@nsi.example\n");
  }

  @Test
  void aRefusedValueWritesNothing() {
    var folder = copyTo(temporary.resolve("template"));
    declare(
        folder,
        "- {name: port, description: Port, default: 8888, schema: {type: integer, minimum: 1024, maximum: 9999}}");
    var out = temporary.resolve("out");
    for (var port : List.of("80", "99999", "8888.5", "many", "{\"a\":1}")) {
      assertThat(render(folder, out, "--set=port=" + port)).isEqualTo(2);
      assertThat(errors.toString()).contains("port: '" + (port.startsWith("{") ? "{" : port));
    }
    assertThat(render(folder, out, "--set=ports=1")).isEqualTo(2);
    assertThat(errors.toString()).contains("ports: is not a parameter; allowed: [port]");
    assertThat(render(folder, out, "--project=No")).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws Exception {
    var out = Files.createDirectory(temporary.resolve("out"));
    Files.createFile(out.resolve("mine"));
    assertThat(render(ELYRA, out)).isEqualTo(2);
    assertThat(errors.toString()).contains("is not an empty folder; name a new one");
    assertThat(out).isDirectoryContaining(file -> file.endsWith("mine"));
  }

  private int render(Path folder, Path out, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                "render",
                folder.toString(),
                "--out=" + out,
                "--branch=lab/ujdoe01/outliers",
                "--workspace=ws-lfs-ujdoe01",
                "--user=jdoe01",
                "--mail=jo@nsi.example"));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--project="))) {
      arguments.add("--project=lfs");
    }
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return BalsamCommand.commandLine(Balsam.class)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  private static JsonNode read(Path file) throws IOException {
    return YamlTree.read(Files.readAllBytes(file), new LineProblems("x")).root();
  }
}
