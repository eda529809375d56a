package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.platform.compute.kubernetes.StandInKubelet.Image;

/** One pod on the node: its volumes as folders, its containers as processes, its status. */
final class PodProcess {

  private static final int KILLED = 137;

  private final StandInKubelet node;
  private final Pod pod;
  private final Path folder;
  private final String startTime = now();
  private final Map<String, ContainerState> states = new LinkedHashMap<>();
  private final Map<String, Path> volumes = new HashMap<>();
  private final Thread thread;
  private volatile boolean terminating;
  private volatile Process process;
  private String reason;

  PodProcess(StandInKubelet node, Pod pod) {
    this.node = node;
    this.pod = pod;
    this.folder = node.folder.resolve("pods").resolve(pod.getMetadata().getUid());
    this.thread = new Thread(this::run, "pod-" + name());
    this.thread.setDaemon(true);
  }

  PodProcess begun() {
    thread.start();
    return this;
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  Path log(String container) {
    return folder.resolve(container + ".log");
  }

  /** What an API server asks for when a pod is deleted. */
  void terminate() {
    if (!terminating) {
      terminating = true;
      var end = new Thread(this::end, "end-" + name());
      end.setDaemon(true);
      end.start();
    }
  }

  void kill() {
    terminating = true;
    thread.interrupt();
    var running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  private void end() {
    try {
      kill();
      thread.join(TimeUnit.SECONDS.toMillis(20));
      node.client.pods().resource(pod).withGracePeriod(0).delete();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (KubernetesClientException gone) {
      // nothing is left to delete
    }
  }

  private void run() {
    var phase = "Failed";
    try {
      phase = end(all());
    } catch (InterruptedException | IOException | RuntimeException trouble) {
      tell(trouble);
    }
    Thread.interrupted();
    try {
      report(phase);
    } catch (RuntimeException trouble) {
      tell(trouble);
    }
  }

  /** Whoever ends a pod interrupts its thread wherever it is. */
  private void tell(Exception trouble) {
    if (!terminating) {
      trouble.printStackTrace();
    }
  }

  private String end(List<Container> all) throws IOException, InterruptedException {
    for (var container : all) {
      states.put(container.getName(), waiting("PodInitializing", null));
    }
    Files.createDirectories(folder);
    mount();
    for (var container : pod.getSpec().getInitContainers()) {
      if (start(container, false) != 0) {
        return "Failed";
      }
    }
    var last = 0;
    for (var container : pod.getSpec().getContainers()) {
      last = start(container, true);
    }
    return last == 0 ? "Succeeded" : "Failed";
  }

  private List<Container> all() {
    var all = new ArrayList<>(pod.getSpec().getInitContainers());
    all.addAll(pod.getSpec().getContainers());
    return all;
  }

  private int start(Container container, boolean ready) throws IOException, InterruptedException {
    var image = image(container);
    if (node.isToBeKilledForMemory(pod, container.getName())) {
      states.put(container.getName(), terminated(KILLED, "OOMKilled"));
      return KILLED;
    }
    var builder = new ProcessBuilder(line(container, image));
    builder.environment().clear();
    builder.environment().put("PATH", image.path());
    for (var one : container.getEnv()) {
      var value = one.getValueFrom() == null ? one.getValue() : secret(container, one);
      builder
          .environment()
          .put(one.getName(), there(container, value == null ? "" : value.replace("$$(", "$(")));
    }
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(container.getName()).toFile()));
    process = builder.start();
    states.put(
        container.getName(),
        new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning().build());
    report(ready ? "Running" : "Pending");
    var code = await();
    states.put(container.getName(), terminated(code, code == 0 ? "Completed" : "Error"));
    return code;
  }

  /** As kubelets do, stops at the pod's deadline. */
  private int await() throws InterruptedException {
    var deadline = pod.getSpec().getActiveDeadlineSeconds();
    if (deadline == null) {
      return process.waitFor();
    }
    var left =
        Instant.parse(startTime).plusSeconds(deadline).toEpochMilli() - System.currentTimeMillis();
    if (process.waitFor(Math.max(1, left), TimeUnit.MILLISECONDS)) {
      return process.exitValue();
    }
    reason = "DeadlineExceeded";
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
    return KILLED;
  }

  private Image image(Container container) throws InterruptedException {
    var image = node.image(container.getImage());
    while (image.isEmpty()) {
      states.put(
          container.getName(),
          waiting(
              "ImagePullBackOff",
              "Back-off pulling image \"" + container.getImage() + "\": not found"));
      report("Pending");
      TimeUnit.SECONDS.sleep(2);
      image = node.image(container.getImage());
    }
    return image.get();
  }

  /** Waits as kubelets do for a Secret that is not there yet, and says so. */
  private String secret(Container container, EnvVar variable) throws InterruptedException {
    var reference = variable.getValueFrom().getSecretKeyRef();
    while (true) {
      var found =
          node.client.secrets().inNamespace(namespace()).withName(reference.getName()).get();
      if (found != null && found.getData().containsKey(reference.getKey())) {
        return new String(Base64.getDecoder().decode(found.getData().get(reference.getKey())));
      }
      states.put(
          container.getName(),
          waiting(
              "CreateContainerConfigError", "secret \"" + reference.getName() + "\" not found"));
      report("Pending");
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private List<String> line(Container container, Image image) {
    var line = new ArrayList<>(container.getCommand());
    if (line.isEmpty()) {
      line.addAll(image.entrypoint());
    }
    line.addAll(container.getArgs());
    line.replaceAll(argument -> there(container, argument.replace("$$(", "$(")));
    if (!line.get(0).contains("/")) {
      for (var part : image.path().split(":")) {
        if (Files.isExecutable(Path.of(part, line.get(0)))) {
          line.set(0, part + "/" + line.get(0));
          break;
        }
      }
    }
    return line;
  }

  /** The text with the paths of mounted volumes as they are on this machine. */
  private String there(Container container, String text) {
    var changed = text;
    for (var mount : container.getVolumeMounts()) {
      if (mount.getMountPath().startsWith("/balsam/")) {
        changed = changed.replace(mount.getMountPath(), volumes.get(mount.getName()).toString());
      }
    }
    return changed;
  }

  private void mount() throws IOException, InterruptedException {
    for (var volume : pod.getSpec().getVolumes()) {
      var there = Files.createDirectories(folder.resolve("volumes").resolve(volume.getName()));
      volumes.put(volume.getName(), there);
      if (volume.getConfigMap() != null) {
        var name = volume.getConfigMap().getName();
        var data =
            required(() -> node.client.configMaps().inNamespace(namespace()).withName(name).get());
        for (var file : data.getData().entrySet()) {
          Files.writeString(there.resolve(file.getKey()), file.getValue());
        }
      } else if (volume.getSecret() != null) {
        var name = volume.getSecret().getSecretName();
        var data =
            required(() -> node.client.secrets().inNamespace(namespace()).withName(name).get());
        for (var file : data.getData().entrySet()) {
          Files.write(there.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
        }
      } else if (volume.getPersistentVolumeClaim() != null) {
        var claim =
            node.client
                .persistentVolumeClaims()
                .inNamespace(namespace())
                .withName(volume.getPersistentVolumeClaim().getClaimName())
                .get();
        var path =
            node.client
                .persistentVolumes()
                .withName(claim.getSpec().getVolumeName())
                .get()
                .getSpec()
                .getHostPath()
                .getPath();
        volumes.put(volume.getName(), Files.createDirectories(Path.of(path)));
      }
    }
  }

  private interface Question<T> {
    T ask();
  }

  /** Waits as kubelets do for what a pod mounts. */
  private static <T> T required(Question<T> question) throws InterruptedException {
    var answer = question.ask();
    while (answer == null) {
      TimeUnit.MILLISECONDS.sleep(200);
      answer = question.ask();
    }
    return answer;
  }

  private synchronized void report(String phase) {
    var ready = phase.equals("Running") ? "True" : "False";
    try {
      node.client
          .pods()
          .inNamespace(namespace())
          .withName(name())
          .editStatus(
              found ->
                  new PodBuilder(found)
                      .editOrNewStatus()
                      .withPhase(phase)
                      .withReason(reason)
                      .withStartTime(startTime)
                      .withHostIP("127.0.0.1")
                      .withInitContainerStatuses(statuses(pod.getSpec().getInitContainers(), false))
                      .withContainerStatuses(
                          statuses(pod.getSpec().getContainers(), phase.equals("Running")))
                      .removeMatchingFromConditions(one -> "Ready".equals(one.getType()))
                      .addToConditions(
                          new PodConditionBuilder().withType("Ready").withStatus(ready).build())
                      .endStatus()
                      .build());
    } catch (KubernetesClientException gone) {
      if (gone.getCode() != 404 && gone.getCode() != 409) {
        throw gone;
      }
    }
  }

  private List<ContainerStatus> statuses(List<Container> containers, boolean ready) {
    return containers.stream()
        .map(
            container ->
                new ContainerStatusBuilder()
                    .withName(container.getName())
                    .withImage(container.getImage())
                    .withImageID("")
                    .withRestartCount(0)
                    .withReady(ready)
                    .withState(states.get(container.getName()))
                    .build())
        .toList();
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder().withNewWaiting(message, reason).build();
  }

  private static ContainerState terminated(int code, String reason) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withFinishedAt(now())
        .endTerminated()
        .build();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
