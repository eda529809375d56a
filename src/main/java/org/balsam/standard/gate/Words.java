package org.balsam.standard.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Reads enum constants from their lower-case writing. */
final class Words {

  private Words() {}

  static <E extends Enum<E>> E parse(Class<E> type, String what, String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(value))
        .findFirst()
        .orElseThrow(() -> new Invalid(ErrorCode.INVALID_INPUT, what, refusal(type, what, value)));
  }

  private static <E extends Enum<E>> String refusal(Class<E> type, String what, String value) {
    return "'%s' is not a %s; allowed: %s"
        .formatted(
            printable(value),
            what,
            Arrays.stream(type.getEnumConstants())
                .map(Words::word)
                .collect(Collectors.joining(", ")));
  }

  /** Keeps a hostile value from forging log lines or filling a screen. */
  static String printable(String value) {
    var shortened = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
  }

  /** The first names of a list, each printable. */
  static String printableList(List<String> values) {
    return values.stream().limit(40).map(Words::printable).collect(Collectors.joining(", "))
        + (values.size() > 40 ? ", …" : "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
