package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/** A value for every {@link PromotionThreshold}. In JSON an object of keys and numbers. */
public record PromotionThresholds(@JsonValue Map<PromotionThreshold, BigDecimal> values) {

  /** The defaults. */
  public static final PromotionThresholds STANDARD = new PromotionThresholds(Map.of());

  /** Takes values; a threshold that is left out has its default. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PromotionThresholds {
    var complete = new EnumMap<PromotionThreshold, BigDecimal>(PromotionThreshold.class);
    for (var threshold : PromotionThreshold.values()) {
      complete.put(threshold, values.getOrDefault(threshold, threshold.standard()));
    }
    values = Collections.unmodifiableMap(complete);
  }

  /**
   * Takes what a project declares; the bounds of its template's policy are held against the file
   * before.
   *
   * @param declared values by key; a threshold that is left out has its default
   * @throws Invalid naming every unknown threshold, every value outside the threshold's range, a
   *     part of a case, and a {@code psi-review} above {@code psi-block}
   */
  public static PromotionThresholds of(Map<String, BigDecimal> declared) {
    var problems = new ArrayList<Problem>();
    var values = new EnumMap<PromotionThreshold, BigDecimal>(PromotionThreshold.class);
    declared.forEach(
        (key, value) ->
            PromotionThreshold.find(key)
                .ifPresentOrElse(
                    threshold -> values.put(threshold, value), () -> problems.add(unknown(key))));
    values.forEach((threshold, value) -> check(threshold, value, problems));
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
    return ordered(new PromotionThresholds(values));
  }

  private static Problem unknown(String key) {
    return new Problem(Shown.of(key), "is not a threshold; allowed: " + PromotionThreshold.keys());
  }

  private static void check(
      PromotionThreshold threshold, BigDecimal value, List<Problem> problems) {
    if (!threshold.allows(value)) {
      problems.add(
          new Problem(
              threshold.key(),
              "%s is not allowed; allowed: %s to %s"
                  .formatted(
                      value.toPlainString(),
                      threshold.lowest().toPlainString(),
                      threshold.highest().toPlainString())));
    }
    whole(threshold, value, problems);
  }

  private static void whole(
      PromotionThreshold threshold, BigDecimal value, List<Problem> problems) {
    if (threshold.counts() && value.stripTrailingZeros().scale() > 0) {
      problems.add(
          new Problem(threshold.key(), value.toPlainString() + " is not a whole number of cases"));
    }
  }

  private static PromotionThresholds ordered(PromotionThresholds thresholds) {
    var review = thresholds.get(PromotionThreshold.PSI_REVIEW);
    var block = thresholds.get(PromotionThreshold.PSI_BLOCK);
    if (review.compareTo(block) > 0) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          PromotionThreshold.PSI_REVIEW.key(),
          "%s is above psi-block %s; it must not be"
              .formatted(review.toPlainString(), block.toPlainString()));
    }
    return thresholds;
  }

  /** The value of a threshold. */
  public BigDecimal get(PromotionThreshold threshold) {
    return values.get(threshold);
  }
}
