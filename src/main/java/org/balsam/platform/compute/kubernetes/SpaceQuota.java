package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.WorkspaceRuntime.Size;

/** What the quota of a project's namespace leaves for a workspace, before there is one. */
final class SpaceQuota {

  private final KubernetesClient client;
  private final ClusterNames names;

  SpaceQuota(KubernetesClient client, ClusterNames names) {
    this.client = client;
    this.names = names;
  }

  /**
   * Demands that it leaves enough now. The cluster itself keeps to it in any case.
   *
   * @throws Rejection LIMIT_EXCEEDED with what is asked, used and allowed, and who can raise it
   */
  void require(ProjectId project, Size size) {
    var quota =
        client
            .resourceQuotas()
            .inNamespace(names.namespace(project))
            .withName(NamespaceContents.QUOTA)
            .get();
    if (quota == null || quota.getStatus() == null || quota.getStatus().getHard() == null) {
      return;
    }
    var exceeded = exceeded(quota, size);
    if (!exceeded.isEmpty()) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "the quota of %s in the cluster does not allow it: %s. End or suspend a workspace, wait for running steps, ask for a smaller size, or have administrators of the platform raise balsam.compute.kubernetes.quota"
              .formatted(project, String.join("; ", exceeded)));
    }
  }

  private static List<String> exceeded(ResourceQuota quota, Size size) {
    var asked =
        Map.of(
            "cpu",
            new Quantity(String.valueOf(size.cpu())),
            "memory",
            new Quantity(size.memoryMib() + "Mi"),
            JobManifest.GPU,
            new Quantity(String.valueOf(size.gpu())));
    var exceeded = new ArrayList<String>();
    quota
        .getStatus()
        .getHard()
        .forEach(
            (key, hard) -> {
              var wanted = asked.get(key.replaceFirst("^(requests|limits)\\.", ""));
              var used = quota.getStatus().getUsed().getOrDefault(key, new Quantity("0"));
              if (wanted != null
                  && amount(wanted).signum() > 0
                  && amount(wanted).add(amount(used)).compareTo(amount(hard)) > 0) {
                exceeded.add("%s: asked %s, in use %s of %s".formatted(key, wanted, used, hard));
              }
            });
    return exceeded.stream().sorted().toList();
  }

  private static BigDecimal amount(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity);
  }
}
