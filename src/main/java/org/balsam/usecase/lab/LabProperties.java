package org.balsam.usecase.lab;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.standard.gate.HardwareProfile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Explorations.
 *
 * @param openExplorations the quota of a project: how many it may have unfinished at once, from 1
 * @param gpus how many of them may use a GPU, from 0
 * @param longestTerm from today to the latest end date that may be asked for
 * @param remindBefore how long before the end date somebody is asked whether to renew
 * @param idleAfter how long nothing happens in a workspace until it is suspended
 * @param sizes what workspaces of a hardware profile get, where the runtime can bound it: {@code
 *     cpu}, {@code memory-mib}, {@code gpu} of {@code small}, {@code medium}, {@code large} and
 *     {@code gpu}. Unless set: 2 cores and 8 GiB, 8 and 32, 16 and 64, 8 and 32 with a GPU
 */
@ConfigurationProperties("balsam.lab")
public record LabProperties(
    @DefaultValue("5") int openExplorations,
    @DefaultValue("1") int gpus,
    @DefaultValue("180d") Duration longestTerm,
    @DefaultValue("7d") Duration remindBefore,
    @DefaultValue("2h") Duration idleAfter,
    @DefaultValue Map<HardwareProfile, Size> sizes) {

  private static final Map<HardwareProfile, Size> DEFAULTS =
      Map.of(
          HardwareProfile.SMALL, new Size(2, 8 << 10, 0),
          HardwareProfile.MEDIUM, new Size(8, 32 << 10, 0),
          HardwareProfile.LARGE, new Size(16, 64 << 10, 0),
          HardwareProfile.GPU, new Size(8, 32 << 10, 1));

  public LabProperties {
    check(openExplorations >= 1, "open-explorations", "is 1 or more");
    check(gpus >= 0, "gpus", "is 0 or more");
    check(longestTerm.toDays() >= 1, "longest-term", "is 1d or more");
    check(!remindBefore.isNegative(), "remind-before", "is 0s or more");
    check(idleAfter.toMinutes() >= 1, "idle-after", "is 1m or more");
    var all = new EnumMap<HardwareProfile, Size>(DEFAULTS);
    all.putAll(sizes);
    sizes = Map.copyOf(all);
    sizes.forEach(
        (profile, size) ->
            check(
                size.cpu() >= 1 && size.memoryMib() >= 512 && size.gpu() >= 0 && size.fits(profile),
                "sizes." + profile.value(),
                "is 1 core and 512 MiB or more, and within the profile: small up to 2 cores and 8"
                    + " GiB, medium up to 8 and 32, GPUs for gpu only"));
  }

  /**
   * What a workspace gets.
   *
   * @param cpu cores
   * @param memoryMib mebibytes
   * @param gpu GPUs
   */
  public record Size(int cpu, int memoryMib, @DefaultValue("0") int gpu) {

    private boolean fits(HardwareProfile profile) {
      return profile.holds(cpu, memoryMib, gpu);
    }
  }

  /** In the words of the runtime. */
  WorkspaceRuntime.Size size(HardwareProfile profile) {
    var size = sizes.get(profile);
    return new WorkspaceRuntime.Size(size.cpu(), size.memoryMib(), size.gpu());
  }

  private static void check(boolean holds, String name, String allowed) {
    if (!holds) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "balsam.lab." + name, allowed);
    }
  }
}
