package org.balsam.usecase.lab;

import java.time.Duration;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
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
 */
@ConfigurationProperties("balsam.lab")
public record LabProperties(
    @DefaultValue("5") int openExplorations,
    @DefaultValue("1") int gpus,
    @DefaultValue("180d") Duration longestTerm,
    @DefaultValue("7d") Duration remindBefore,
    @DefaultValue("2h") Duration idleAfter) {

  public LabProperties {
    check(openExplorations >= 1, "open-explorations", "is 1 or more");
    check(gpus >= 0, "gpus", "is 0 or more");
    check(longestTerm.toDays() >= 1, "longest-term", "is 1d or more");
    check(!remindBefore.isNegative(), "remind-before", "is 0s or more");
    check(idleAfter.toMinutes() >= 1, "idle-after", "is 1m or more");
  }

  private static void check(boolean holds, String name, String allowed) {
    if (!holds) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "balsam.lab." + name, allowed);
    }
  }
}
