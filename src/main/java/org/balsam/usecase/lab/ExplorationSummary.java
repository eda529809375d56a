package org.balsam.usecase.lab;

import java.util.Locale;

/** The text in which people read what an exploration is. */
final class ExplorationSummary {

  private ExplorationSummary() {}

  static String of(ExplorationEntity exploration) {
    return """
        %s
        Purpose: %s
        Data: %s
        Hardware: %s. Network: %s. Until: %s.
        Requested by: %s"""
        .formatted(
            exploration.title,
            exploration.purpose,
            exploration.datasets.isEmpty() ? "none" : exploration.datasets.replace("\n", ", "),
            exploration.hardware.value(),
            exploration.network.name().toLowerCase(Locale.ROOT),
            exploration.endDate,
            exploration.requestedBy);
  }
}
