package org.balsam.platform.compute.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.WorkspaceRuntime.Manifests;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;

/**
 * The objects of a template as they are written into the cluster. Balsam decides about all that
 * reaches beyond the containers: names and labels of the pod, its account, size, machine, network,
 * volumes of the workspace, classes of storage and ingress.
 */
final class TemplateObjects {

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "ConfigMap", io.fabric8.kubernetes.api.model.ConfigMap.class,
          "Deployment", Deployment.class,
          "Ingress", Ingress.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "Service", Service.class);

  private final KubernetesProperties settings;
  private final WorkspaceManifest manifest;
  private final KubernetesSerialization json;

  TemplateObjects(
      KubernetesProperties settings, WorkspaceManifest manifest, KubernetesSerialization json) {
    this.settings = settings;
    this.manifest = manifest;
    this.json = json;
  }

  /**
   * Demands that the cluster may hold it.
   *
   * @throws org.balsam.kernel.Invalid with each place and what is allowed there
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when there is no machine of its size
   */
  void check(WorkspaceSpec spec, Manifests manifests) {
    TemplateAdmission.check(settings.workspaces(), spec, manifests);
    if (spec.size() != null) {
      manifest.machine(spec.size());
    }
  }

  /** The Deployment that the workspace is. */
  Deployment deployment(
      WorkspaceSpec spec, Manifests manifests, Map<String, String> storage, int replicas) {
    var made = (Deployment) only(manifests, "Deployment").findFirst().orElseThrow();
    var template = made.getSpec().getTemplate();
    var labels = new HashMap<String, String>();
    Optional.ofNullable(template.getMetadata().getLabels()).ifPresent(labels::putAll);
    labels.putAll(manifest.labels(spec));
    var meta = new ObjectMetaBuilder(manifest.meta(spec, spec.id(), null));
    meta.addToAnnotations(WorkspaceManifest.INTERACTIVE, "true");
    meta.addToAnnotations(WorkspaceManifest.URL, manifests.url().toString());
    if (!manifests.secretKeys().isEmpty()) {
      meta.addToAnnotations(
          WorkspaceManifest.SECRET,
          manifests.secret() + " with " + String.join(", ", manifests.secretKeys()));
    }
    return new DeploymentBuilder()
        .withMetadata(meta.build())
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(0)
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewSelector()
        .addToMatchLabels(ClusterNames.WORKSPACE, spec.id())
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(template.getMetadata().getAnnotations())
        .endMetadata()
        .withSpec(pod(spec, template.getSpec(), storage))
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Everything else of the template, and the policy that lets people reach it. */
  List<HasMetadata> belongings(WorkspaceSpec spec, Manifests manifests, Deployment owner) {
    var all = new ArrayList<HasMetadata>();
    all.add(policy(spec, manifests, owner));
    for (var kind : List.of("ConfigMap", "PersistentVolumeClaim", "Service", "Ingress")) {
      only(manifests, kind)
          .forEach(
              object -> {
                object.setMetadata(meta(spec, object.getMetadata(), owner));
                force(spec, object);
                all.add(object);
              });
    }
    return all;
  }

  private Stream<? extends HasMetadata> only(Manifests manifests, String kind) {
    return manifests.objects().values().stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .map(object -> read(object, KINDS.get(kind)));
  }

  private <T extends HasMetadata> T read(JsonNode object, Class<T> kind) {
    return json.unmarshal(object.toString(), kind);
  }

  private ObjectMeta meta(WorkspaceSpec spec, ObjectMeta given, Deployment owner) {
    var labels = new HashMap<String, String>();
    Optional.ofNullable(given.getLabels()).ifPresent(labels::putAll);
    labels.putAll(manifest.labels(spec));
    return new ObjectMetaBuilder(manifest.meta(spec, given.getName(), owner))
        .withLabels(labels)
        .withAnnotations(given.getAnnotations())
        .build();
  }

  private void force(WorkspaceSpec spec, HasMetadata object) {
    var workspaces = settings.workspaces();
    if (object instanceof Service service) {
      service.getSpec().setSelector(Map.of(ClusterNames.WORKSPACE, spec.id()));
    } else if (object instanceof Ingress ingress) {
      ingress.getSpec().setIngressClassName(orNull(workspaces.ingressClass()));
      // a certificate of another workspace is none of its business
      ingress.getSpec().getTls().forEach(tls -> tls.setSecretName(null));
    } else if (object instanceof PersistentVolumeClaim claim) {
      claim.getSpec().setStorageClassName(orNull(workspaces.storageClass()));
      claim.getSpec().setAccessModes(List.of("ReadWriteOnce"));
    }
  }

  private NetworkPolicy policy(WorkspaceSpec spec, Manifests manifests, Deployment owner) {
    return new NetworkPolicyBuilder()
        .withMetadata(manifest.meta(spec, spec.id(), owner))
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels(ClusterNames.WORKSPACE, spec.id())
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .addNewIngress()
        .withPorts(ports(manifests))
        .addNewFrom()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", settings.network().ingressNamespace())
        .endNamespaceSelector()
        .endFrom()
        .endIngress()
        .endSpec()
        .build();
  }

  private List<NetworkPolicyPort> ports(Manifests manifests) {
    return only(manifests, "Service")
        .flatMap(service -> ((Service) service).getSpec().getPorts().stream())
        .map(
            port ->
                new NetworkPolicyPortBuilder()
                    .withProtocol("TCP")
                    .withPort(
                        port.getTargetPort() == null
                            ? new IntOrString(port.getPort())
                            : port.getTargetPort())
                    .build())
        .distinct()
        .toList();
  }

  private PodSpec pod(WorkspaceSpec spec, PodSpec given, Map<String, String> storage) {
    var size = spec.size() == null ? new Size(1, 512, 0) : spec.size();
    ContainerShares.giveEach(given.getInitContainers(), size);
    ContainerShares.give(given.getContainers(), size);
    given.getVolumes().stream()
        .map(volume -> volume.getEmptyDir())
        .filter(empty -> empty != null && empty.getSizeLimit() == null)
        .forEach(empty -> empty.setSizeLimit(new Quantity("1Gi")));
    var pod =
        new PodSpecBuilder(given)
            .withServiceAccountName(NamespaceContents.POD_ACCOUNT)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(security(given.getSecurityContext()))
            .addAllToVolumes(WorkspaceManifest.volumes(spec.id()))
            .withInitContainers(manifest.helper(WorkspaceManifest.PLACE, storage))
            .addAllToInitContainers(mounted(given.getInitContainers()))
            .withContainers(mounted(given.getContainers()));
    return Machines.choose(pod, manifest.machine(size)).build();
  }

  /** With the files of the workspace. */
  private static List<Container> mounted(List<Container> containers) {
    containers.forEach(container -> container.getVolumeMounts().add(files()));
    return containers;
  }

  private static VolumeMount files() {
    return new VolumeMountBuilder()
        .withName(WorkspaceManifest.FILES)
        .withMountPath(WorkspaceManifest.FOLDER)
        .build();
  }

  /** The users that the template names; the restrictions are Balsam's. */
  private PodSecurityContext security(PodSecurityContext given) {
    var user = given.getRunAsUser() == null ? settings.user() : given.getRunAsUser();
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(user)
        .withRunAsGroup(given.getRunAsGroup() == null ? user : given.getRunAsGroup())
        .withFsGroup(given.getFsGroup() == null ? user : given.getFsGroup())
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private static @org.jspecify.annotations.Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
