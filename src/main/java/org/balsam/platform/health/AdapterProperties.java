package org.balsam.platform.health;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Changing an adapter while projects exist.
 *
 * @param moved the ports, of {@code storage}, {@code forge}, {@code compute} and {@code identity},
 *     for which somebody brought everything from the former adapter to the one that is configured
 *     now; needed for one start, as {@code operations.md}, "Changing an adapter", says
 */
@ConfigurationProperties("balsam.adapters")
public record AdapterProperties(@DefaultValue Set<String> moved) {

  public AdapterProperties {
    moved = Set.copyOf(moved);
    for (var port : moved) {
      if (!AdapterChange.PORTS.contains(port)) {
        throw new IllegalArgumentException(
            "balsam.adapters.moved names '%s'; allowed: %s"
                .formatted(port, String.join(", ", AdapterChange.PORTS)));
      }
    }
  }
}
