package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.PROJECT;
import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.balsam.standard.workspace.TemplateFixture;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round of the demo project over HTTP, from its onboarding to its release, whose steps are Jobs
 * of the cluster, with a local forge and a storage server; and a workspace of a template there.
 */
class KubernetesRoundIT {

  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String NAMESPACE = "dev-emp-industry";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aRoundIsComputedByTheClusterAndReleased() throws Exception {
    var cluster = TestCluster.shared();
    try (var server = new ChildServer(folder)) {
      server.start(settings(cluster));
      var api = new Api(server.base());
      var rounds = new RoundClient(api);
      await(() -> rounds.isOpen("methodology", ROUND, "userTask_confirmInputs"));
      assertThat(cluster.admin().namespaces().withName(NAMESPACE).get().getMetadata().getLabels())
          .containsEntry(ClusterNames.OWNER, "nsi-dev");

      rounds.complete(
          "methodology", ROUND, "userTask_confirmInputs", Map.of("inputsDecision", "confirm"));
      await(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
      var jobs = cluster.admin().batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
      assertThat(jobs)
          .isNotEmpty()
          .allSatisfy(job -> assertThat(succeeded(job)).as(job.toString()).isEqualTo(1));
      rounds.complete(
          "quality", ROUND, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
      await(() -> rounds.isOpen("owner", ROUND, "userTask_approveRelease"));
      rounds.complete("owner", ROUND, "userTask_approveRelease", approval(at(1)));

      var version = PROJECT + "/datasets/rel/employment/versions/2008-q4-r0.1";
      await(() -> api.get("owner", version).status() == 200);
      aWorkspaceIsMadeFromTheTemplate(api, cluster);
    } finally {
      cluster.admin().namespaces().withName(NAMESPACE).delete();
    }
  }

  private static void aWorkspaceIsMadeFromTheTemplate(Api api, TestCluster cluster) {
    var body =
        Map.of(
            "name",
            "Åland",
            "templateId",
            "elyra",
            "projectId",
            "emp-industry",
            "branchId",
            "main");
    var made = api.post("subject", "/api/v1/workspaces", body);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    var name = made.body().path("id").asText();
    var workspace = PROJECT + "/workspaces/" + name;
    await(
        () ->
            api.get("subject", workspace)
                .text()
                .contains("needs the Secret " + name + "-credentials with git-token"));
    var keys = Map.of("git-token", "a", "s3-access-key", "b", "s3-secret-key", "c");
    KubernetesTemplateIT.makeSecret(NAMESPACE, name, keys);
    await(() -> api.get("subject", workspace).body().path("state").asText().equals("running"));
    assertThat(api.get("subject", workspace).body().path("url").asText())
        .startsWith("https://work.nsi.example/")
        .endsWith("/" + name);
    var list = api.get("subject", "/api/v1/workspaces").body();
    assertThat(list.path(0).path("url").asText()).endsWith("/" + name);
    assertThat(list.path(0).path("templateVersion").asText()).startsWith("0.0.0+");
    var signIn = api.post("subject", workspace + "/sign-in", Map.of());
    assertThat(signIn.status()).isEqualTo(409);
    assertThat(signIn.text()).contains("signs people in by itself");
    var deployments = cluster.admin().apps().deployments().inNamespace(NAMESPACE);
    assertThat(deployments.withName(name).get().getSpec().getTemplate().getSpec().getContainers())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.getResources().getLimits())
                    .containsEntry("memory", new Quantity("8Gi")));
  }

  private Path templates() {
    var elyra = TemplateFixture.copyTo(folder.resolve("templates").resolve("elyra"));
    var file = "deployment.yaml";
    TemplateFixture.change(elyra, file, "registry.nsi.example/elyra:3.15", TestCluster.LAB_IMAGE);
    TemplateFixture.change(elyra, file, "registry.nsi.example/git:2.45", TestCluster.SHELL_IMAGE);
    TemplateFixture.change(elyra, file, "[\"/bin/bash\", \"-c\"]", "[\"jupyter-lab\"]");
    TemplateFixture.change(elyra, file, "[\"sh\", \"-c\"]", "[\"true\"]");
    return elyra.getParent();
  }

  private static int succeeded(Job job) {
    return job.getStatus().getSucceeded() == null ? 0 : job.getStatus().getSucceeded();
  }

  private List<String> settings(TestCluster cluster) throws Exception {
    var keys = Files.writeString(folder.resolve("keys"), "root\n" + ClusterScene.SECRET + "\n");
    return List.of(
        "-Dbalsam.storage.type=minio",
        "-Dbalsam.storage.server.endpoint=" + ScriptedServer.shared("minio").address(),
        "-Dbalsam.storage.server.credentials-file=" + keys,
        "-Dbalsam.compute.type=kubernetes",
        "-Dbalsam.compute.kubernetes.kubeconfig=" + cluster.kubeconfig(),
        "-Dbalsam.compute.kubernetes.image=" + TestCluster.IMAGE,
        "-Dbalsam.compute.kubernetes.network.storage=127.0.0.1/32",
        "-Dbalsam.compute.kubernetes.workspaces.template-hosts=work.nsi.example",
        "-Dbalsam.workspace-templates.folder=" + templates());
  }
}
