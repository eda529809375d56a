package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** What follows from one check of the promotion gate; from best to worst. */
public enum PromotionVerdict {
  /** Nothing. */
  PASS,
  /** The reviewer has to look at it before approving. */
  REVIEW,
  /** The candidate is refused, unless the check is waived with a reason. */
  BLOCK;

  /** Reads {@code pass}, {@code review} or {@code block}; anything else is an {@link Invalid}. */
  @JsonCreator
  public static PromotionVerdict parse(String value) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "verdict",
                    "'%s' is not a verdict; allowed: %s".formatted(Shown.of(value), words())));
  }

  private static String words() {
    return Arrays.stream(values()).map(PromotionVerdict::value).collect(Collectors.joining(", "));
  }

  /** The writing in the decision table and in JSON: {@code pass}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
