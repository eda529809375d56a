package org.balsam.standard.template;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one setting of {@code balsam.yaml}: either the allowed values, or the least and the
 * largest one, each of which may be left out.
 *
 * @param setting keys joined by dots, {@code models.*.thresholds.min-auc}; {@code *} stands for any
 *     key or place in a list, {@code **} at the beginning for any depth
 * @param minimum a number, a quantity ({@code 2Gi}) or a duration ({@code PT5M})
 * @param maximum of the same kind
 * @param required whether a file without the setting is refused
 */
public record PolicyBound(
    String setting,
    List<String> allowed,
    @Nullable String minimum,
    @Nullable String maximum,
    boolean required) {

  static final String ANY_DEPTH = "**";

  private static final Pattern SETTING =
      Pattern.compile("(?:\\*\\*|[a-z][a-z0-9-]*)(?:\\.(?:\\*|[a-z][a-z0-9-]*)){1,9}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");
  private static final Pattern QUANTITY = Pattern.compile("\\d{1,9}(?:Mi|Gi)");

  public PolicyBound {
    allowed = allowed == null ? List.of() : List.copyOf(allowed);
  }

  /** What is wrong with the bounds; empty when nothing is. */
  Optional<String> fault() {
    if (setting == null || !SETTING.matcher(setting).matches()) {
      return Optional.of("the policy's setting '%s' is not keys joined by dots".formatted(name()));
    }
    if (required && setting.startsWith(ANY_DEPTH)) {
      return Optional.of("the policy's setting '%s' cannot be required".formatted(name()));
    }
    if (allowed.isEmpty() == (minimum == null && maximum == null)) {
      return Optional.of(
          "the policy's setting '%s' needs either allowed, or minimum and maximum"
              .formatted(name()));
    }
    return Stream.of(Optional.ofNullable(minimum), Optional.ofNullable(maximum))
        .flatMap(Optional::stream)
        .filter(bound -> measure(bound).isEmpty())
        .findFirst()
        .map(
            bound ->
                "the bound '%s' of '%s' is no number, quantity or duration"
                    .formatted(Shown.of(bound), name()));
  }

  private String name() {
    return Shown.of(String.valueOf(setting));
  }

  /** Whether the value lies within the bounds. */
  boolean holds(String value) {
    if (!allowed.isEmpty()) {
      return allowed.contains(value);
    }
    return measure(value)
        .filter(own -> minimum == null || own.compareTo(measure(minimum).orElseThrow()) >= 0)
        .filter(own -> maximum == null || own.compareTo(measure(maximum).orElseThrow()) <= 0)
        .isPresent();
  }

  /** A number as it is, a quantity in mebibytes, a duration in seconds. */
  private static Optional<BigDecimal> measure(String value) {
    if (NUMBER.matcher(value).matches()) {
      return Optional.of(new BigDecimal(value));
    }
    if (QUANTITY.matcher(value).matches()) {
      var number = Long.parseLong(value.substring(0, value.length() - 2));
      return Optional.of(BigDecimal.valueOf(value.endsWith("Gi") ? number * 1024 : number));
    }
    try {
      return Optional.of(BigDecimal.valueOf(Duration.parse(value).toSeconds()));
    } catch (DateTimeParseException noDuration) {
      return Optional.empty();
    }
  }

  /** What is allowed, for people: {@code 0.7 to 0.95}. */
  String words() {
    if (!allowed.isEmpty()) {
      return String.join(", ", allowed);
    }
    if (minimum == null) {
      return "up to " + maximum;
    }
    return maximum == null ? "from " + minimum : minimum + " to " + maximum;
  }
}
