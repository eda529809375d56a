package org.balsam.standard.template;

import java.util.Locale;
import org.balsam.kernel.Period.Frequency;

/** Frequencies as {@code balsam.yaml} writes them. */
final class Frequencies {

  private Frequencies() {}

  static Frequency parse(String value) {
    return Frequency.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** How many months a period touches at least; 12 for an unknown frequency. */
  static int months(String value) {
    return switch (value) {
      case "half-year" -> 6;
      case "quarter" -> 3;
      case "month", "week" -> 1;
      default -> 12;
    };
  }
}
