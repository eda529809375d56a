package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why a pod does not run, or ended badly, in words for a person. */
final class PodTrouble {

  private static final Set<String> IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private PodTrouble() {}

  /** Why it does not start; empty when nothing is wrong. */
  static Optional<String> waiting(Pod pod) {
    var unscheduled =
        condition(pod, "PodScheduled")
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(condition -> unscheduled(String.valueOf(condition.getMessage())));
    return unscheduled.isPresent()
        ? unscheduled
        : containers(pod).map(PodTrouble::waiting).flatMap(Optional::stream).findFirst();
  }

  private static String unscheduled(String message) {
    var missing =
        message.contains("Insufficient " + JobManifest.GPU)
            ? " (none has so many free GPUs)"
            : message.contains("Insufficient memory")
                ? " (none has so much free memory)"
                : message.contains("Insufficient cpu") ? " (none has so many free cores)" : "";
    return "no machine of the cluster can take it" + missing + ": " + message;
  }

  /** Whether a container was stopped because it needed more memory than its limit. */
  static Optional<String> outOfMemory(Pod pod) {
    return containers(pod)
        .filter(container -> "OOMKilled".equals(reason(container)))
        .map(
            container ->
                "the container '"
                    + container.getName()
                    + "' needed more memory than its limit and was stopped (exit code 137); use"
                    + " less, or raise 'resources: memory' of the step in balsam.yaml")
        .findFirst();
  }

  /** What the cluster says of a pod that it removed from its machine, for example for its disk. */
  static Optional<String> evicted(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .filter(status -> "Evicted".equals(status.getReason()))
        .map(status -> "the machine put it out: " + String.valueOf(status.getMessage()));
  }

  /** How it ended badly, as far as it tells. */
  static Optional<String> failure(Pod pod) {
    var container =
        containers(pod)
            .filter(one -> one.getState() != null && one.getState().getTerminated() != null)
            .filter(one -> one.getState().getTerminated().getExitCode() != 0)
            .map(PodTrouble::terminated)
            .findFirst();
    return container.isPresent()
        ? container
        : Optional.ofNullable(pod.getStatus().getReason())
            .map(reason -> reason + ": " + pod.getStatus().getMessage());
  }

  private static String terminated(ContainerStatus container) {
    var end = container.getState().getTerminated();
    return "the container '%s' ended with exit code %d (%s)%s"
        .formatted(
            container.getName(),
            end.getExitCode(),
            end.getReason(),
            end.getMessage() == null ? "" : ": " + end.getMessage());
  }

  private static Optional<String> waiting(ContainerStatus container) {
    if (container.getState() == null || container.getState().getWaiting() == null) {
      return Optional.empty();
    }
    var waiting = container.getState().getWaiting();
    var reason = String.valueOf(waiting.getReason());
    if (IMAGE.contains(reason)) {
      return Optional.of(
          "the image %s cannot be pulled: %s"
              .formatted(container.getImage(), waiting.getMessage()));
    }
    if (reason.equals("CrashLoopBackOff")) {
      return Optional.of(
          "the container '%s' ends again and again: %s"
              .formatted(container.getName(), waiting.getMessage()));
    }
    return CONTAINER.contains(reason)
        ? Optional.of(
            "the container '%s' cannot be started: %s"
                .formatted(container.getName(), waiting.getMessage()))
        : Optional.empty();
  }

  private static String reason(ContainerStatus container) {
    var state = container.getState();
    return state == null || state.getTerminated() == null
        ? ""
        : String.valueOf(state.getTerminated().getReason());
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .findFirst();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null
        ? Stream.empty()
        : Stream.of(
                pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
            .flatMap(List::stream);
  }
}
