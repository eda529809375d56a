package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.platform.compute.DurableFiles;

/**
 * A node of the test cluster: does with the pods that the scheduler gives it what a kubelet does,
 * except that a container is a process of this machine whose mounted folders are at other paths. It
 * also makes the volumes that are claimed.
 */
final class StandInKubelet implements AutoCloseable {

  static final String NODE = "node-1";

  /**
   * What an image holds.
   *
   * @param entrypoint started where a container names no command
   * @param path the {@code PATH} in it
   */
  record Image(List<String> entrypoint, String path) {}

  final KubernetesClient client;
  final Path folder;
  private final Map<String, Image> images;
  private final Map<String, PodProcess> pods = new ConcurrentHashMap<>();
  private final Map<String, Integer> outOfMemory = new ConcurrentHashMap<>();
  private final ContainerLogs logs;

  StandInKubelet(KubernetesClient client, Map<String, Image> images) throws Exception {
    this.client = client;
    this.images = images;
    this.folder = Files.createTempDirectory("balsam-kubelet");
    this.logs = new ContainerLogs(this::log);
    register();
    client.pods().inAnyNamespace().withField("spec.nodeName", NODE).inform(new Pods());
    client.persistentVolumeClaims().inAnyNamespace().inform(new Claims());
  }

  /** An image that this node can pull. */
  Optional<Image> image(String name) {
    return Optional.ofNullable(images.get(name));
  }

  /** The named container of this job is killed for its memory, so many times. */
  void killForMemory(String job, int times) {
    outOfMemory.put(job, times);
  }

  boolean isToBeKilledForMemory(Pod pod, String container) {
    var job = pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name");
    var left =
        job == null || !container.equals(JobManifest.STEP)
            ? null
            : outOfMemory.computeIfPresent(job, (key, times) -> times - 1);
    return left != null && left >= 0;
  }

  /** The pod's process, as far as this node runs it. */
  Optional<PodProcess> process(String namespace, String podPrefix) {
    return pods.values().stream()
        .filter(pod -> pod.namespace().equals(namespace) && pod.name().startsWith(podPrefix))
        .findFirst();
  }

  private Optional<Path> log(String namespace, String pod, String container) {
    return pods.values().stream()
        .filter(one -> one.namespace().equals(namespace) && one.name().equals(pod))
        .map(one -> one.log(container))
        .filter(Files::exists)
        .findFirst();
  }

  private void register() {
    var capacity =
        Map.of(
            "cpu",
            new Quantity("16"),
            "memory",
            new Quantity("64Gi"),
            "pods",
            new Quantity("110"),
            "ephemeral-storage",
            new Quantity("1Ti"),
            JobManifest.GPU,
            new Quantity("2"));
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NODE)
            .addToLabels("kubernetes.io/hostname", NODE)
            .endMetadata()
            .build();
    client.resource(node).create();
    var status =
        new NodeBuilder(node)
            .withNewStatus()
            .withCapacity(capacity)
            .withAllocatable(capacity)
            .addNewAddress("127.0.0.1", "InternalIP")
            .withNewDaemonEndpoints()
            .withNewKubeletEndpoint(logs.port())
            .endDaemonEndpoints()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("KubeletReady")
            .endCondition()
            .endStatus()
            .build();
    client.nodes().withName(NODE).editStatus(found -> merged(found, status));
    client
        .nodes()
        .withName(NODE)
        .edit(found -> new NodeBuilder(found).editSpec().withTaints().endSpec().build());
  }

  private static io.fabric8.kubernetes.api.model.Node merged(
      io.fabric8.kubernetes.api.model.Node found, io.fabric8.kubernetes.api.model.Node status) {
    return new NodeBuilder(found).withStatus(status.getStatus()).build();
  }

  @Override
  public void close() throws IOException {
    pods.values().forEach(PodProcess::kill);
    logs.close();
    DurableFiles.deleteTree(folder);
  }

  private final class Pods implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      take(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      take(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unseen) {
      var running = pods.get(pod.getMetadata().getUid());
      if (running != null) {
        running.kill();
      }
    }

    private void take(Pod pod) {
      var running =
          pods.computeIfAbsent(
              pod.getMetadata().getUid(), uid -> new PodProcess(StandInKubelet.this, pod).begun());
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        running.terminate();
      }
    }
  }

  private final class Claims implements ResourceEventHandler<PersistentVolumeClaim> {
    @Override
    public void onAdd(PersistentVolumeClaim claim) {
      var meta = claim.getMetadata();
      if (claim.getSpec().getVolumeName() != null || meta.getDeletionTimestamp() != null) {
        return;
      }
      var path = folder.resolve("volumes").resolve(meta.getUid());
      client
          .resource(
              new PersistentVolumeBuilder()
                  .withNewMetadata()
                  .withName("pv-" + meta.getUid())
                  .endMetadata()
                  .withNewSpec()
                  .withStorageClassName(claim.getSpec().getStorageClassName())
                  .withAccessModes(claim.getSpec().getAccessModes())
                  .withCapacity(claim.getSpec().getResources().getRequests())
                  .withPersistentVolumeReclaimPolicy("Retain")
                  .withNewClaimRef()
                  .withNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .withUid(meta.getUid())
                  .endClaimRef()
                  .withNewHostPath()
                  .withPath(path.toString())
                  .endHostPath()
                  .endSpec()
                  .build())
          .create();
    }

    @Override
    public void onUpdate(PersistentVolumeClaim before, PersistentVolumeClaim claim) {}

    @Override
    public void onDelete(PersistentVolumeClaim claim, boolean unseen) {
      client.persistentVolumes().withName("pv-" + claim.getMetadata().getUid()).delete();
    }
  }
}
