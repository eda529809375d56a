package org.balsam.platform.messaging;

import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** The channels that are switched on, by their settings. */
public record Channels(List<Channel> all) {

  public Channels {
    all = List.copyOf(all);
  }

  /** Their names. */
  public List<String> names() {
    return all.stream().map(Channel::name).toList();
  }

  /**
   * The name itself.
   *
   * @throws Invalid unless a channel of that name is switched on
   */
  public String require(String name) {
    if (!names().contains(name)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "channel",
          names().isEmpty()
              ? "no channel is switched on here; notices are in the inbox only"
              : "is one of " + String.join(", ", names()));
    }
    return name;
  }
}
