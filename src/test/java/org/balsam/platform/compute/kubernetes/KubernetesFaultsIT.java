package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.balsam.platform.compute.kubernetes.FaultyApiServer.calls;
import static org.balsam.platform.compute.kubernetes.FaultyApiServer.status;
import static org.balsam.platform.compute.kubernetes.FaultyApiServer.watches;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobStatus.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when the API server refuses, is busy, breaks, forgets, or Balsam wants too much. */
class KubernetesFaultsIT {

  private static final ProjectId PROJECT = new ProjectId("faults");
  private static final String NAMESPACE = "prd-faults";
  private static ClusterScene scene;
  private FaultyApiServer server;
  private KubernetesCompute compute;

  @BeforeAll
  static void open() {
    scene = new ClusterScene(Map.of("a.sql", "select 1"));
    scene.bucket(PROJECT);
    try (var direct = scene.compute(scene.settings().build())) {
      direct.workspaces().ensureSpace(PROJECT);
    }
  }

  @AfterAll
  static void close() {
    if (scene != null) {
      scene.cluster.admin().namespaces().withName(NAMESPACE).delete();
    }
  }

  @BeforeEach
  void standBetween() throws Exception {
    var there = scene.cluster.server();
    server = new FaultyApiServer(there.address(), there.folder().resolve("pki/certificate.pem"));
    var file = Files.createTempFile(there.folder(), "faulty", "");
    scene.cluster.writeKubeconfig(server.address(), file);
    compute = scene.compute(scene.settings().kubeconfig(file).build());
  }

  @AfterEach
  void stop() {
    if (compute != null) {
      compute.close();
      server.close();
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
  }

  private static org.balsam.platform.compute.JobSpecFixture spec() {
    return scene.spec().id("faults-2026-q3-r0-test-" + ClusterScene.suffix()).project(PROJECT);
  }

  @Test
  void aWatchThatIsTooOldIsOpenedAnewAndMissesNothing() {
    var told = new CopyOnWriteArrayList<JobId>();
    var gone =
        "{\"type\":\"ERROR\",\"object\":"
            + status(410, "Expired", "too old resource version")
            + "}\n";
    for (var i = 0; i < 3; i++) {
      server.next(watches(), 200, Map.of(), gone);
    }
    var jobs = compute.jobs(event -> told.add(event.job()));
    jobs.start();
    soon().until(() -> server.left() == 0);
    var spec = spec().shell("true").build();

    jobs.submit(spec);

    soon().until(() -> told.contains(spec.id()));
    jobs.stop();
  }

  @Test
  void aBusyServerIsAskedAgainAfterTheTimeThatItNames() {
    server.next(calls("POST", "/jobs"), 429, Map.of("Retry-After", "1"), "too many requests");
    var spec = spec().shell("true").build();
    var begun = System.nanoTime();

    compute.jobs(event -> {}).submit(spec);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(server.left()).isZero();
    assertThat(compute.jobs(event -> {}).status(spec.id())).isPresent();
  }

  @Test
  void aServerThatStaysBusyIsATroubleThatPasses() {
    for (var i = 0; i < 20; i++) {
      server.next(calls("POST", "/jobs"), 429, Map.of("Retry-After", "1"), "");
    }
    var spec = spec().shell("true").build();

    assertThatThrownBy(() -> compute.jobs(event -> {}).submit(spec))
        .isInstanceOfSatisfying(
            ExternalFailure.class, trouble -> assertThat(trouble.retryable()).isTrue())
        .hasMessageContaining("too much to do");
  }

  @Test
  void aServerErrorIsTriedAgainAndAnEffectHappensOnce() {
    server.next(calls("POST", "/jobs"), 500, Map.of(), status(500, "InternalError", "etcd"));
    server.next(calls("POST", "/jobs"), 503, Map.of(), "");
    var spec = spec().shell("true").build();
    var jobs = compute.jobs(event -> {});

    jobs.submit(spec);

    assertThat(server.left()).isZero();
    soon().until(() -> jobs.status(spec.id()).orElseThrow().state() == State.SUCCEEDED);
  }

  @Test
  void whatTheServerCannotAcceptIsSaidAndNotTriedAgain() {
    server.next(
        calls("POST", "/jobs"), 422, Map.of(), status(422, "Invalid", "spec.template: bad field"));
    var spec = spec().shell("true").build();

    assertThatThrownBy(() -> compute.jobs(event -> {}).submit(spec))
        .isInstanceOfSatisfying(
            ExternalFailure.class, trouble -> assertThat(trouble.retryable()).isFalse())
        .hasMessageContaining("bad field")
        .hasMessageContaining(spec.id().value());
  }

  @Test
  void aConflictWhileCancellingIsTriedAgain() {
    var jobs = compute.jobs(event -> {});
    var spec = spec().shell("sleep 65.5").build();
    jobs.submit(spec);
    server.next(
        calls("PUT", spec.id().value()), 409, Map.of(), status(409, "Conflict", "modified"));

    jobs.cancel(spec.id());

    assertThat(server.left()).isZero();
    assertThat(jobs.status(spec.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aServerThatIsAwayIsATroubleThatPasses() {
    server.close();
    var spec = spec().shell("true").build();

    assertThatThrownBy(() -> compute.jobs(event -> {}).submit(spec))
        .isInstanceOfSatisfying(
            ExternalFailure.class, trouble -> assertThat(trouble.retryable()).isTrue());
  }

  @Test
  void anExchangedTokenIsTakenWithoutARestart() throws Exception {
    var file = Files.createTempFile(scene.cluster.server().folder(), "expired", "");
    scene.cluster.writeKubeconfig(scene.cluster.server().address().toString(), file);
    var good = Files.readString(file);
    Files.writeString(file, good.replaceAll("token: \"[^\"]*\"", "token: \"expired\""));
    try (var late = scene.compute(scene.settings().kubeconfig(file).build())) {
      var jobs = late.jobs(event -> {});
      assertThatThrownBy(() -> jobs.status(spec().build().id()))
          .isInstanceOf(ExternalFailure.class)
          .hasMessageContaining("token");

      Files.writeString(file, good);

      assertThat(jobs.status(spec().build().id())).isEmpty();
    }
  }

  @Test
  void theProbeUsesTheClusterAndLeavesItsNamespaceOnly() {
    var probe = compute.probe();
    probe.check();
    probe.check();
    probe.glance();

    var left = scene.cluster.admin();
    assertThat(left.batch().v1().jobs().inNamespace("prd-balsam-probe").list().getItems())
        .isEmpty();
    assertThat(left.apps().deployments().inNamespace("prd-balsam-probe").list().getItems())
        .isEmpty();
    assertThat(left.configMaps().inNamespace("prd-balsam-probe").list().getItems())
        .noneMatch(one -> one.getMetadata().getName().startsWith("probe-"));
    assertThat(probe.target()).startsWith("kubernetes http");
    server.close();
    assertThatThrownBy(probe::check).isInstanceOf(ExternalFailure.class);
    left.namespaces().withName("prd-balsam-probe").delete();
  }

  @Test
  void balsamMayNothingButWhatItsProjectsNeed() {
    try (var balsam = KubernetesConnection.open(scene.settings().build())) {
      forbidden(() -> balsam.secrets().inNamespace("kube-system").list());
      forbidden(() -> balsam.secrets().inNamespace(NAMESPACE).list());
      forbidden(() -> balsam.nodes().list());
      forbidden(() -> balsam.pods().inNamespace(NAMESPACE).resource(pod()).create());
      forbidden(() -> balsam.batch().v1().jobs().inNamespace("default").list());
      forbidden(() -> balsam.resource(namespace("evil", true)).create());
      forbidden(() -> balsam.resource(namespace("prd-unlabelled", false)).create());
      forbidden(() -> apply(balsam, namespace("kube-system", true)));
      forbidden(() -> balsam.namespaces().withName("default").delete());
      forbidden(() -> apply(balsam, binding("kube-system", "balsam-project")));
      forbidden(() -> apply(balsam, binding(NAMESPACE, "cluster-admin")));
      forbidden(() -> apply(balsam, binding(NAMESPACE, "admin")));
    }
  }

  private static void apply(
      KubernetesClient client, io.fabric8.kubernetes.api.model.HasMetadata thing) {
    client.resource(thing).fieldManager("balsam").forceConflicts().serverSideApply();
  }

  private static void forbidden(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            no -> assertThat(no.getCode()).as(no.getMessage()).isIn(403, 422));
  }

  private static io.fabric8.kubernetes.api.model.Namespace namespace(
      String name, boolean labelled) {
    var builder = new NamespaceBuilder().withNewMetadata().withName(name);
    return labelled
        ? builder.addToLabels(ClusterNames.OWNER, "nsi-prd").endMetadata().build()
        : builder.endMetadata().build();
  }

  private static io.fabric8.kubernetes.api.model.Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("mine")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("a")
        .withImage("a")
        .endContainer()
        .endSpec()
        .build();
  }

  private static RoleBinding binding(String namespace, String role) {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName("mine")
        .withNamespace(namespace)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
        .withSubjects(
            List.of(
                new io.fabric8.kubernetes.api.model.rbac.SubjectBuilder()
                    .withKind("ServiceAccount")
                    .withName("balsam")
                    .withNamespace("balsam")
                    .build()))
        .build();
  }

  @Test
  void thePolicyOfTheNamespaceRefusesPodsThatAreNotConfined() {
    assertThatThrownBy(
            () -> scene.cluster.admin().pods().inNamespace(NAMESPACE).resource(pod()).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity \"restricted");
  }
}
