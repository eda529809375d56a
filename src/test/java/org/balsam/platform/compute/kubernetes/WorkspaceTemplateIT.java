package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.balsam.Balsam;
import org.balsam.cli.BalsamCommand;
import org.balsam.standard.workspace.TemplateFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are made from a template, at a real API server. */
class WorkspaceTemplateIT {

  private static final String NAMESPACE = "lab-templates";
  private static KubernetesClient admin;
  @TempDir Path temporary;

  @BeforeAll
  static void open() {
    admin = TestCluster.shared().admin();
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  @AfterAll
  static void close() {
    if (admin != null) {
      admin.namespaces().withName(NAMESPACE).delete();
    }
  }

  @Test
  void workspacesOfEveryNameAreTakenAndTheirPodsAreAdmittedAsRestricted() throws IOException {
    var names = List.of("Åland", "Öland", "Aland", "Έρευνα", "📊", "a: {b} \"; rm -rf $(HOME)");
    for (var index = 0; index < names.size(); index++) {
      for (var file : rendered(names.get(index), index)) {
        try (var yaml = Files.newInputStream(file)) {
          for (var item : admin.load(yaml).items()) {
            admin.resource(item).fieldValidation(Validation.STRICT).create();
          }
        }
      }
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(pods()).hasSize(names.size()));
    assertThat(pods())
        .allSatisfy(
            pod -> {
              assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
              assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("default");
              assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
            });
  }

  private static List<Pod> pods() {
    return admin.pods().inNamespace(NAMESPACE).list().getItems();
  }

  private List<Path> rendered(String name, int index) throws IOException {
    var out = temporary.resolve("out" + index);
    var code =
        BalsamCommand.run(
            Balsam.class,
            new String[] {
              "template",
              "render",
              TemplateFixture.ELYRA.toString(),
              "--out=" + out,
              "--project=templates",
              "--project-name=" + name,
              "--branch=lab/ujdoe01/outliers",
              "--branch-name=" + name,
              "--workspace=ws-templates-ujdoe01",
              "--workspace-name=" + name,
              "--user=" + name,
              "--mail=jo.doe@nsi.example"
            });
    assertThat(code).isZero();
    try (var files = Files.list(out)) {
      return files.sorted().toList();
    }
  }
}
