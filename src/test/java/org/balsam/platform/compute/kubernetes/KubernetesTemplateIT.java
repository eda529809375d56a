package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
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
import java.util.zip.ZipInputStream;
import org.awaitility.core.ConditionFactory;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.KubernetesProperties.Profile;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.standard.workspace.TemplateFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces of a template of BALSAM's kind, made by Balsam's account on a real API server. */
class KubernetesTemplateIT {

  private static final ProjectId PROJECT = JobSpecFixture.PROJECT;
  private static final String ID = "ws-lfs-ujdoe01";
  private static final String NAMESPACE = "prd-lfs";
  private static final Size SMALL = new Size(2, 2048, 0);
  private static ClusterScene scene;
  private static KubernetesCompute compute;
  private static KubernetesWorkspaceRuntime runtime;
  @TempDir Path temporary;
  private Path folder;

  @BeforeAll
  static void open() {
    scene = new ClusterScene(Map.of("steps/a.sql", "select 1"));
    compute = scene.compute(scene.settings().build());
    runtime = compute.workspaces();
  }

  @AfterAll
  static void close() {
    if (compute != null) {
      compute.close();
    }
  }

  @BeforeEach
  void template() {
    folder = TemplateFixture.copyTo(temporary.resolve("elyra"));
    change("registry.nsi.example/elyra:3.15", TestCluster.LAB_IMAGE);
    change("registry.nsi.example/git:2.45", TestCluster.SHELL_IMAGE);
    change("[\"/bin/bash\", \"-c\"]", "[\"jupyter-lab\"]");
    change("git -c credential.helper='!f() { echo \"password=$GIT_TOKEN\"; }; f' clone", "test -n");
    change(" --branch {{Branch.GitBranch}} /data", "");
    runtime.ensureSpace(PROJECT);
  }

  @AfterEach
  void remove() {
    runtime.removeSpace(PROJECT);
    soon().until(() -> admin().namespaces().withName(NAMESPACE).get() == null);
  }

  private void change(String text, String by) {
    TemplateFixture.change(folder, "deployment.yaml", text, by);
  }

  private WorkspaceSpec spec(Size size) {
    var made = TemplateAdmissionTest.spec(folder, size);
    return new WorkspaceSpec(
        ID,
        PROJECT,
        "main",
        scene.code.commit(),
        List.of(),
        made.network(),
        true,
        Map.of(),
        size,
        made.manifests());
  }

  private static KubernetesClient admin() {
    return scene.cluster.admin();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
  }

  private static void message(String... parts) {
    soon()
        .untilAsserted(
            () -> assertThat(runtime.find(PROJECT, ID).orElseThrow().message()).contains(parts));
  }

  private static void running() {
    soon()
        .untilAsserted(
            () ->
                assertThat(runtime.find(PROJECT, ID).orElseThrow().state())
                    .isEqualTo(State.RUNNING));
  }

  private static void makeSecret() {
    makeSecret(NAMESPACE, ID, Map.of("git-token", "a", "s3-access-key", "b", "s3-secret-key", "c"));
  }

  /** As who administers a cluster does. */
  static void makeSecret(String namespace, String workspace, Map<String, String> keys) {
    TestCluster.shared()
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(workspace + "-credentials")
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData(keys)
                .build())
        .create();
  }

  private static Path files() {
    var claim = admin().persistentVolumeClaims().inNamespace(NAMESPACE).withName(ID).get();
    var volume = admin().persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
    return Path.of(volume.getSpec().getHostPath().getPath()).resolve("files");
  }

  @Test
  void aPersonWorksInOneUntilItIsRemoved() throws IOException {
    var spec = spec(SMALL);
    runtime.check(spec);
    var made = runtime.ensureWorkspace(spec);
    assertThat(made.url())
        .isEqualTo(spec.manifests().url())
        .hasHost("work.nsi.example")
        .asString()
        .endsWith("/" + ID);
    message(
        "the container 'code' cannot be started",
        "the template needs the Secret ws-lfs-ujdoe01-credentials with git-token, s3-access-key",
        "namespace prd-lfs");

    makeSecret();
    running();
    assertThat(runtime.ensureWorkspace(spec).url()).isEqualTo(made.url());
    assertThat(files().resolve("code/steps/a.sql")).hasContent("select 1");
    assertThat(runtime.logTail(PROJECT, ID, 1000)).contains("Jupyter Server is running");
    assertThat(runtime.credential(PROJECT, ID)).isEmpty();
    Files.writeString(files().resolve("out/result.csv"), "b\n2\n");

    runtime.suspend(PROJECT, ID, "idle");
    soon().until(() -> admin().pods().inNamespace(NAMESPACE).list().getItems().isEmpty());
    var archive = new ByteArrayOutputStream();
    runtime.archive(PROJECT, ID, archive);
    assertThat(entries(archive)).contains("out/result.csv", "code/steps/a.sql");
    runtime.resume(PROJECT, ID);
    running();

    runtime.removeWorkspace(PROJECT, ID);
    soon().untilAsserted(() -> assertThat(things()).isEmpty());
  }

  private static List<String> entries(ByteArrayOutputStream archive) throws IOException {
    var names = new ArrayList<String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  /** What is labelled as the workspace's. */
  private static List<HasMetadata> things() {
    var all = new ArrayList<HasMetadata>();
    var name = ClusterNames.WORKSPACE;
    all.addAll(
        admin().apps().deployments().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    all.addAll(admin().services().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    all.addAll(admin().configMaps().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    all.addAll(
        admin().persistentVolumeClaims().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    var network = admin().network().v1();
    all.addAll(network.ingresses().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    all.addAll(network.networkPolicies().inNamespace(NAMESPACE).withLabel(name).list().getItems());
    return all;
  }

  @Test
  void balsamDecidesAboutAllThatReachesBeyondTheContainers() {
    change("requests: {memory: 2000Mi, cpu: 100m}", "requests: {memory: 60Gi, nvidia.com/gpu: 2}");
    TemplateFixture.change(
        folder,
        "ingress.yaml",
        "  ingressClassName: nginx",
        "  ingressClassName: other\n  tls: [{hosts: [work.nsi.example], secretName: somebody-elses}]");
    runtime.ensureWorkspace(spec(SMALL));

    assertThat(things())
        .hasSize(8)
        .allSatisfy(
            thing ->
                assertThat(thing.getMetadata().getLabels())
                    .containsEntry(ClusterNames.OWNER, "nsi-prd")
                    .containsEntry(ClusterNames.PROJECT, "lfs")
                    .containsEntry(ClusterNames.WORKSPACE, ID))
        .filteredOn(thing -> !thing.getKind().equals("Deployment"))
        .allSatisfy(
            thing ->
                assertThat(thing.getMetadata().getOwnerReferences())
                    .extracting(owner -> owner.getKind() + " " + owner.getName())
                    .containsExactly("Deployment " + ID));
    var pod = admin().apps().deployments().inNamespace(NAMESPACE).withName(ID).get();
    var template = pod.getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels()).containsEntry(ClusterNames.NETWORK, "offline");
    assertThat(template.getSpec().getServiceAccountName()).isEqualTo(NamespaceContents.POD_ACCOUNT);
    assertThat(template.getSpec().getContainers().get(0).getResources().getRequests())
        .containsOnly(Map.entry("cpu", new Quantity("2")), Map.entry("memory", new Quantity("2Gi")))
        .isEqualTo(template.getSpec().getContainers().get(0).getResources().getLimits());
    var services = admin().services().inNamespace(NAMESPACE);
    assertThat(services.list().getItems())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.getSpec().getSelector())
                    .containsOnly(Map.entry(ClusterNames.WORKSPACE, ID)));
    var network = admin().network().v1();
    var ingress = network.ingresses().inNamespace(NAMESPACE).list().getItems().get(0).getSpec();
    assertThat(ingress.getIngressClassName()).isEqualTo("nginx");
    assertThat(ingress.getTls().get(0).getSecretName()).isNull();
    var policy = network.networkPolicies().inNamespace(NAMESPACE).withName(ID).get().getSpec();
    assertThat(policy.getIngress().get(0).getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(8888));
  }

  @Test
  void whatDoesNotStartSaysWhy() {
    makeSecret();
    change(TestCluster.SHELL_IMAGE, TestCluster.MISSING_IMAGE);
    runtime.ensureWorkspace(spec(SMALL));
    message("It does not start yet: the image " + TestCluster.MISSING_IMAGE + " cannot be pulled");
    runtime.removeWorkspace(PROJECT, ID);
    soon().untilAsserted(() -> assertThat(things()).isEmpty());
    change(TestCluster.MISSING_IMAGE, TestCluster.SHELL_IMAGE);
    runtime.ensureWorkspace(spec(new Size(1, 512, 3)));
    message("no machine of the cluster can take it (none has so many free GPUs): 0/1 nodes");
  }

  @Test
  void aNameThatIsTakenIsLeftToWhoHasIt() {
    var spec = spec(SMALL);
    var name = spec.manifests().objects().get("service.yaml").at("/metadata/name").asText();
    var foreign =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withPort(1)
            .endPort()
            .endSpec()
            .build();
    admin().resource(foreign).create();
    assertThatThrownBy(() -> runtime.ensureWorkspace(spec))
        .isInstanceOfSatisfying(
            Rejection.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining("the template makes the Service " + name);
    assertThat(runtime.find(PROJECT, ID)).isEmpty();
    assertThat(things()).isEmpty();
  }

  @Test
  void whatIsNotAllowedMakesNothing() {
    TemplateFixture.change(folder, "home.yaml", "storage: 2Gi", "storage: 2Ti");
    assertThatThrownBy(() -> runtime.ensureWorkspace(spec(SMALL)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("2Ti");
    assertThat(things()).isEmpty();
    try (var other =
        scene.compute(
            scene.settings().profile(new Profile(1, 1024, 0, null, null, "", "")).build())) {
      assertThatThrownBy(() -> other.workspaces().check(spec(SMALL))).isInstanceOf(Invalid.class);
      TemplateFixture.change(folder, "home.yaml", "storage: 2Ti", "storage: 1Gi");
      assertThatThrownBy(() -> other.workspaces().check(spec(SMALL)))
          .isInstanceOf(Rejection.class)
          .hasMessageContaining("no kind of machine has 2 cores, 2048 MiB and 0 GPUs");
    }
  }
}
