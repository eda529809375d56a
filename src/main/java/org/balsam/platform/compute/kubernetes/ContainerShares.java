package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.balsam.platform.compute.WorkspaceRuntime.Size;

/**
 * How the containers of a template share the size of a workspace: each but the first gets the
 * limits that it names, else little; the first gets the rest and the GPUs.
 */
final class ContainerShares {

  private static final Map<String, BigDecimal> LEAST =
      Map.of("cpu", new BigDecimal("0.1"), "memory", BigDecimal.valueOf(128L << 20));
  private static final long MIB = 1L << 20;

  private ContainerShares() {}

  /** Cores, or bytes of memory. */
  static BigDecimal total(Size size, String kind) {
    return kind.equals("cpu")
        ? BigDecimal.valueOf(size.cpu())
        : BigDecimal.valueOf(size.memoryMib() * MIB);
  }

  /** What a container needs at least. */
  static BigDecimal least(String kind) {
    return LEAST.get(kind);
  }

  /** Sets request and limit of each, whatever it asks for; the template was admitted. */
  static void give(List<Container> containers, Size size) {
    var cpu = total(size, "cpu");
    var memory = total(size, "memory");
    for (var other : containers.subList(1, containers.size())) {
      var ownCpu = named(other, "cpu");
      var ownMemory = named(other, "memory");
      cpu = cpu.subtract(ownCpu);
      memory = memory.subtract(ownMemory);
      other.setResources(PodSecurity.resources(millis(ownCpu), mib(ownMemory), 0));
    }
    containers.get(0).setResources(PodSecurity.resources(millis(cpu), mib(memory), size.gpu()));
  }

  /** Each of those that run one after the other may use all of it but the GPUs. */
  static void giveEach(List<Container> containers, Size size) {
    containers.forEach(
        one ->
            one.setResources(
                PodSecurity.resources(String.valueOf(size.cpu()), size.memoryMib(), 0)));
  }

  private static BigDecimal named(Container container, String kind) {
    var limits = container.getResources() == null ? null : container.getResources().getLimits();
    var said = limits == null ? null : limits.get(kind);
    return said == null ? least(kind) : Quantity.getAmountInBytes(said);
  }

  private static String millis(BigDecimal cores) {
    return cores.movePointRight(3).intValue() + "m";
  }

  private static int mib(BigDecimal bytes) {
    return (int) (bytes.longValue() / MIB);
  }
}
