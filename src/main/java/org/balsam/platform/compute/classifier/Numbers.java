package org.balsam.platform.compute.classifier;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal numbers as text: digits, a point, perhaps an exponent; nothing locale-dependent. */
final class Numbers {

  private static final int MAX_LENGTH = 64;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private Numbers() {}

  static Optional<BigDecimal> parse(String text) {
    return text.length() <= MAX_LENGTH && DECIMAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** The shortest decimal that stands for the number, without exponent. */
  static String plain(float value) {
    return new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString();
  }
}
