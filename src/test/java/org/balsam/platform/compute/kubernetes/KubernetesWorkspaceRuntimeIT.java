package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntimeContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubernetesWorkspaceRuntimeIT extends WorkspaceRuntimeContract {

  private static final String NAMESPACE = "prd-lfs";
  private static ClusterScene scene;
  private static KubernetesCompute compute;
  private static KubernetesWorkspaceRuntime runtime;

  @BeforeAll
  static void open() {
    scene = new ClusterScene(Map.of("steps/a.sql", "select 1", "run.sh", "#!/bin/sh\n"));
    compute = scene.compute(scene.settings().build());
    runtime = compute.workspaces();
  }

  @AfterAll
  static void close() {
    if (compute != null) {
      compute.close();
    }
  }

  /** Each test begins without the namespaces of the one before. */
  @AfterEach
  void remove() {
    for (var project : List.of(PROJECT, new ProjectId("cpi"))) {
      runtime.removeSpace(project);
      soon()
          .until(() -> scene.cluster.admin().namespaces().withName("prd-" + project).get() == null);
    }
  }

  @Override
  protected WorkspaceRuntime runtime() {
    return runtime;
  }

  @Override
  protected String commit() {
    return scene.code.commit();
  }

  private static KubernetesClient admin() {
    return scene.cluster.admin();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }

  private Input input(String content, Sha256 sha256) {
    var stored =
        scene.store.put(
            JobSpecFixture.BUCKET,
            "2026-q3/x.csv",
            new ByteArrayInputStream(content.getBytes()),
            Map.of());
    return new Input(
        "in/x/x.csv", stored.bucket(), stored.key(), stored.versionId(), stored.size(), sha256);
  }

  private static Path volume() {
    var claim = admin().persistentVolumeClaims().inNamespace(NAMESPACE).withName(ID).get();
    var volume = admin().persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
    return Path.of(volume.getSpec().getHostPath().getPath()).resolve("files");
  }

  @Test
  void aPersonWorksInItUntilItIsSuspendedAndFindsTheFilesAgain() throws IOException {
    var content = "a\n1\n";
    runtime.ensureSpace(PROJECT);

    var made = runtime.ensureWorkspace(interactive(input(content, Sha256.of(content))));

    assertThat(made.url()).hasHost("ws-lfs-ujdoe01.nsi.example");
    soon()
        .untilAsserted(
            () ->
                assertThat(runtime.find(PROJECT, ID).orElseThrow().state())
                    .isEqualTo(State.RUNNING));
    assertThat(volume().resolve("code/steps/a.sql")).hasContent("select 1");
    assertThat(volume().resolve("in/x/x.csv")).hasContent(content);
    assertThat(runtime.logTail(PROJECT, ID, 1000)).contains("Jupyter Server is running");
    var credential = runtime.credential(PROJECT, ID).orElseThrow();
    assertThat(credential.token()).hasSize(64);
    assertThat(runtime.ensureWorkspace(interactive()).id()).isEqualTo(ID);
    assertThat(runtime.credential(PROJECT, ID)).contains(credential);
    Files.writeString(volume().resolve("out/result.csv"), "b\n2\n");
    renewsItsSignIn(credential.token());

    runtime.suspend(PROJECT, ID, "idle");
    soon().until(() -> pods().isEmpty());
    var archive = new ByteArrayOutputStream();
    runtime.archive(PROJECT, ID, archive);
    assertThat(names(archive)).contains("out/result.csv", "code/steps/a.sql", "code/run.sh");
    runtime.resume(PROJECT, ID);

    soon()
        .untilAsserted(
            () ->
                assertThat(runtime.find(PROJECT, ID).orElseThrow().state())
                    .isEqualTo(State.RUNNING));
    assertThat(volume().resolve("out/result.csv")).hasContent("b\n2\n");
  }

  private static void renewsItsSignIn(String before) {
    var pod = admin().pods().inNamespace(NAMESPACE).list().getItems().get(0).getMetadata().getUid();
    runtime.renewCredential(PROJECT, ID);
    assertThat(runtime.credential(PROJECT, ID).orElseThrow().token())
        .hasSize(64)
        .isNotEqualTo(before);
    soon()
        .untilAsserted(
            () -> {
              var now = admin().pods().inNamespace(NAMESPACE).list().getItems();
              assertThat(now)
                  .singleElement()
                  .satisfies(one -> assertThat(one.getMetadata().getUid()).isNotEqualTo(pod));
              assertThat(runtime.find(PROJECT, ID).orElseThrow().state()).isEqualTo(State.RUNNING);
            });
  }

  private static List<?> pods() {
    return admin()
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel(ClusterNames.WORKSPACE, ID)
        .list()
        .getItems();
  }

  @Test
  void anInputThatIsNotTheGrantedOneIsRefused() {
    runtime.ensureSpace(PROJECT);

    assertThatThrownBy(() -> runtime.ensureWorkspace(interactive(input("a", Sha256.of("b")))))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.DATA_CHANGED));
    assertThat(runtime.find(PROJECT, ID)).isEmpty();
  }

  @Test
  void whatTheQuotaDoesNotAllowIsSaid() {
    try (var strict =
        scene.compute(scene.settings().quota(Map.of("requests.memory", "10Mi")).build())) {
      var workspaces = strict.workspaces();
      workspaces.ensureSpace(PROJECT);
      soon()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> workspaces.check(interactive()))
                      .isInstanceOf(Rejection.class)
                      .hasMessageContaining("requests.memory: asked 512Mi, in use 0 of 10Mi")
                      .hasMessageContaining("administrators of the platform raise"));
      workspaces.ensureWorkspace(interactive());

      soon()
          .untilAsserted(
              () -> {
                var found = workspaces.find(PROJECT, ID).orElseThrow();
                assertThat(found.state()).isEqualTo(State.STARTING);
                assertThat(found.message()).contains("quota does not allow it").contains("10Mi");
              });
    }
  }

  @Test
  void removingLeavesNothing() {
    runtime.ensureSpace(PROJECT);
    var before = everythingIn(NAMESPACE);
    runtime.ensureWorkspace(interactive());
    soon().until(() -> !pods().isEmpty());

    runtime.removeWorkspace(PROJECT, ID);

    soon().untilAsserted(() -> assertThat(everythingIn(NAMESPACE)).isSubsetOf(before));
    runtime.removeSpace(PROJECT);
    soon().untilAsserted(() -> assertThat(everythingIn(NAMESPACE)).isEmpty());
    soon().untilAsserted(() -> assertThat(admin().persistentVolumes().list().getItems()).isEmpty());
  }

  /** Names of all things of every namespaced kind that the server knows, events left out. */
  private static List<String> everythingIn(String namespace) {
    var found = new ArrayList<String>();
    for (var group : admin().getApiGroups().getGroups()) {
      var version = group.getPreferredVersion().getGroupVersion();
      for (var kind : admin().getApiResources(version).getResources()) {
        addAll(namespace, version, kind, found);
      }
    }
    for (var kind : admin().getApiResources("v1").getResources()) {
      addAll(namespace, "v1", kind, found);
    }
    return found;
  }

  private static void addAll(
      String namespace,
      String version,
      io.fabric8.kubernetes.api.model.APIResource kind,
      List<String> found) {
    if (!kind.getNamespaced()
        || !kind.getVerbs().contains("list")
        || kind.getName().equals("events")) {
      return;
    }
    admin()
        .genericKubernetesResources(version, kind.getKind())
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(one -> found.add(kind.getName() + "/" + one.getMetadata().getName()));
  }

  @Test
  void theNamespaceConfinesWhatRunsInIt() {
    runtime.ensureSpace(PROJECT);

    var labels = admin().namespaces().withName(NAMESPACE).get().getMetadata().getLabels();
    assertThat(labels)
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
        .containsEntry(ClusterNames.OWNER, "nsi-prd");
    assertThat(admin().network().v1().networkPolicies().inNamespace(NAMESPACE).list().getItems())
        .extracting(policy -> policy.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "default-deny",
            "egress-offline",
            "egress-internal",
            "egress-internet",
            "ingress-workspaces");
    assertThat(
            admin()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(NAMESPACE)
                .withName("egress-internet")
                .get()
                .getSpec()
                .getEgress()
                .get(0)
                .getTo()
                .get(0)
                .getIpBlock()
                .getExcept())
        .contains("169.254.0.0/16");
    assertThat(
            admin()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NamespaceContents.POD_ACCOUNT)
                .get()
                .getAutomountServiceAccountToken())
        .isFalse();
  }

  @Test
  void aNamespaceOfSomebodyElseIsLeftAlone() {
    var foreign = new ProjectId("foreign");
    admin()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("prd-foreign").endMetadata().build())
        .create();

    assertThatThrownBy(() -> runtime.ensureSpace(foreign))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    runtime.removeSpace(foreign);

    assertThat(admin().namespaces().withName("prd-foreign").get().getMetadata().getLabels())
        .doesNotContainKey(ClusterNames.OWNER);
    assertThat(
            admin().namespaces().withName("prd-foreign").get().getMetadata().getDeletionTimestamp())
        .isNull();
  }
}
