package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.HashMap;
import java.util.Map;

/**
 * What every pod is confined by; stricter than the level {@code restricted} of Kubernetes.
 *
 * @param user the numeric user and group that containers run as
 */
record PodSecurity(long user) {

  /** Without it Java takes file names and arguments for ASCII. */
  static final EnvVar UTF_8 = new EnvVar("LC_ALL", "C.UTF-8", null);

  PodSecurityContext pod() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(user)
        .withRunAsGroup(user)
        .withFsGroup(user)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  static SecurityContext container() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withPrivileged(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** The same as request and limit, so that nobody lives on what others leave. */
  static ResourceRequirements resources(String cpu, int memoryMib, int gpu) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("cpu", new Quantity(cpu));
    amounts.put("memory", new Quantity(memoryMib + "Mi"));
    if (gpu > 0) {
      amounts.put(JobManifest.GPU, new Quantity(String.valueOf(gpu)));
    }
    var resources = new ResourceRequirements();
    resources.setLimits(amounts);
    resources.setRequests(amounts);
    return resources;
  }
}
