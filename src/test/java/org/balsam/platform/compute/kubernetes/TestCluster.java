package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.balsam.platform.compute.runner.JavaCommand;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.testing.ScriptedServer;

/**
 * The cluster of the tests: the real control plane, one node, and Balsam's account with exactly the
 * rights of {@code deploy/kubernetes}.
 */
public final class TestCluster {

  /** Balsam itself. */
  public static final String IMAGE = "registry.example.invalid/balsam@sha256:" + "0".repeat(64);

  static final String SHELL_IMAGE = "registry.example.invalid/shell@sha256:" + "1".repeat(64);

  /** JupyterLab, or what stands in for it. */
  public static final String LAB_IMAGE = "registry.example.invalid/lab@sha256:" + "2".repeat(64);

  static final String MISSING_IMAGE = "registry.example.invalid/none@sha256:" + "3".repeat(64);

  private static TestCluster shared;

  private final ScriptedServer server;
  private final KubernetesClient admin;
  private final StandInKubelet kubelet;
  private final Path kubeconfig;

  private TestCluster() throws Exception {
    server = ScriptedServer.shared("kubernetes");
    var config = Config.fromKubeconfig(server.folder().resolve("kubeconfig").toFile());
    admin = new KubernetesClientBuilder().withConfig(config).build();
    for (var file : List.of("rbac.yaml", "policy.yaml")) {
      try (var yaml = Files.newInputStream(Path.of("deploy", "kubernetes", file))) {
        admin.load(yaml).items().forEach(item -> admin.resource(item).serverSideApply());
      }
    }
    kubeconfig = server.folder().resolve("balsam");
    writeKubeconfig(server.address().toString(), kubeconfig);
    kubelet =
        new StandInKubelet(
            admin,
            Map.of(
                IMAGE, new StandInKubelet.Image(balsam(), StepRunner.DEFAULT_PATH),
                SHELL_IMAGE, new StandInKubelet.Image(List.of(), StepRunner.DEFAULT_PATH),
                LAB_IMAGE, new StandInKubelet.Image(List.of(), lab().toString())));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    kubelet.close();
                  } catch (IOException left) {
                    System.err.println("left behind: " + left);
                  }
                }));
  }

  /** The one of this JVM. */
  public static synchronized TestCluster shared() {
    if (shared == null) {
      try {
        shared = new TestCluster();
      } catch (RuntimeException trouble) {
        throw trouble;
      } catch (Exception trouble) {
        throw new IllegalStateException(trouble);
      }
    }
    return shared;
  }

  /** May do everything. */
  public KubernetesClient admin() {
    return admin;
  }

  StandInKubelet kubelet() {
    return kubelet;
  }

  public ScriptedServer server() {
    return server;
  }

  /** How Balsam's account reaches the API server. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** Writes a kubeconfig with a new token of Balsam's account. */
  void writeKubeconfig(String address, Path file) throws IOException {
    var token =
        admin
            .serviceAccounts()
            .inNamespace("balsam")
            .withName("balsam")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: balsam, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: balsam}}]
        current-context: test
        """
            .formatted(address, server.folder().resolve("pki/certificate.pem"), token));
  }

  private List<String> balsam() throws IOException {
    var temporary = Files.createDirectories(server.folder().resolve("java"));
    var command = JavaCommand.of(org.balsam.Balsam.class, 256, temporary, List.of());
    return command;
  }

  /** Stands in for an image with JupyterLab. */
  private Path lab() throws IOException {
    var folder = Files.createDirectories(server.folder().resolve("lab"));
    var program = folder.resolve("jupyter-lab");
    Files.writeString(
        program, "#!/bin/sh\necho \"Jupyter Server is running\"\nexec /bin/sleep 3600\n");
    program.toFile().setExecutable(true);
    return folder;
  }
}
