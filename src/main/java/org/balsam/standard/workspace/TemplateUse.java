package org.balsam.standard.workspace;

import java.util.List;
import java.util.Set;
import org.balsam.kernel.Role;
import org.balsam.standard.gate.HardwareProfile;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a template, for what, and how long.
 *
 * @param hardware the sizes that may be asked for, the smallest first
 * @param roles who may use it in a project; empty for everybody who explores
 * @param deprecation null while it is recommended
 */
public record TemplateUse(
    List<HardwareProfile> hardware, Set<Role> roles, @Nullable Deprecation deprecation) {

  public TemplateUse {
    hardware = hardware.stream().distinct().sorted().toList();
    roles = Set.copyOf(roles);
  }
}
