package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.KubernetesProperties.Profile;

/** Which machines of the cluster a pod goes to. */
final class Machines {

  private Machines() {}

  /**
   * The first kind of machine that these resources fit into.
   *
   * @throws Rejection LIMIT_EXCEEDED when there is none
   */
  static Profile of(KubernetesProperties settings, int cpu, int memoryMib, int gpu) {
    if (settings.profiles().isEmpty()) {
      return Profile.ANY;
    }
    return settings.profiles().stream()
        .filter(profile -> profile.fits(cpu, memoryMib, gpu))
        .findFirst()
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.LIMIT_EXCEEDED,
                    "no kind of machine has %d cores, %d MiB and %d GPUs; ask for less, or see balsam.compute.kubernetes.profiles"
                        .formatted(cpu, memoryMib, gpu)));
  }

  /** The pod on machines of this kind. */
  static PodSpecBuilder choose(PodSpecBuilder pod, Profile profile) {
    pod.withNodeSelector(profile.nodeSelector());
    for (var toleration : profile.tolerations()) {
      pod.addNewToleration()
          .withKey(toleration.key())
          .withOperator(toleration.value().isEmpty() ? "Exists" : "Equal")
          .withValue(toleration.value().isEmpty() ? null : toleration.value())
          .withEffect(toleration.effect().isEmpty() ? null : toleration.effect())
          .endToleration();
    }
    return profile.priorityClass().isEmpty()
        ? pod
        : pod.withPriorityClassName(profile.priorityClass());
  }
}
