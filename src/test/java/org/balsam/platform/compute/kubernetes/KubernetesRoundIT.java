package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.balsam.testing.RoundClient.PROJECT;
import static org.balsam.testing.RoundClient.approval;
import static org.balsam.testing.RoundClient.at;
import static org.balsam.testing.RoundClient.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.balsam.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round of the demo project over HTTP, from its onboarding to its release, whose steps are Jobs
 * of the cluster, with a local forge and a storage server.
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
    } finally {
      cluster.admin().namespaces().withName(NAMESPACE).delete();
    }
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
        "-Dbalsam.compute.kubernetes.network.storage=127.0.0.1/32");
  }
}
