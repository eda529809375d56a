package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/** What a figure of the promotion gate is held against, with its default and its range. */
public enum PromotionThreshold {
  /** How far the lower bound of the difference in macro-F1 may lie below 0. */
  MACRO_F1_DROP("0.005", "0", "0.1"),
  /** The least AUC of a binary model; 0 for none. */
  MIN_AUC("0", "0", "1"),
  /** How much recall a class may lose against the champion. */
  RECALL_DROP("0.05", "0", "0.5"),
  /** Classes with less recall than this are named to the reviewer. */
  LIST_RECALL("0.5", "0", "1"),
  /** With fewer test cases a class's recall is not judged. */
  MINIMUM_CASES("30", "5", "10000"),
  /** The largest expected calibration error. */
  ECE("0.05", "0", "0.5"),
  /** How much higher than the champion's the Brier score may be. */
  BRIER_RISE("0", "0", "0.1"),
  /** From this population stability index on a person reviews the drift. */
  PSI_REVIEW("0.10", "0", "10"),
  /** Above this population stability index the drift is major. */
  PSI_BLOCK("0.25", "0", "10"),
  /** Below this p-value of the Kolmogorov–Smirnov test a small sample is reviewed. */
  KS_P_VALUE("0.05", "0", "0.5"),
  /** Above this Jensen–Shannon distance a person reviews the drift. */
  JENSEN_SHANNON("0.1", "0", "1"),
  /** The largest gap of a rate between groups. */
  FAIRNESS_GAP("0.05", "0", "1"),
  /** The least ratio of the lowest to the highest rate of the groups. */
  FAIRNESS_RATIO("0.8", "0", "1"),
  /** With fewer cases a group is not judged. */
  MINIMUM_GROUP("30", "5", "10000"),
  /** The largest change of a published aggregate, as a share of its coefficient of variation. */
  EFFECT("0.5", "0", "10");

  private final BigDecimal standard;
  private final BigDecimal lowest;
  private final BigDecimal highest;

  PromotionThreshold(String standard, String lowest, String highest) {
    this.standard = new BigDecimal(standard);
    this.lowest = new BigDecimal(lowest);
    this.highest = new BigDecimal(highest);
  }

  /** Reads the key, for example {@code psi-block}; anything else is an {@link Invalid}. */
  @JsonCreator
  public static PromotionThreshold parse(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "thresholds",
                    "'%s' is not a threshold; allowed: %s".formatted(Shown.of(key), keys())));
  }

  static Optional<PromotionThreshold> find(String key) {
    return Arrays.stream(values()).filter(threshold -> threshold.key().equals(key)).findFirst();
  }

  static String keys() {
    return Arrays.stream(values()).map(PromotionThreshold::key).collect(Collectors.joining(", "));
  }

  /** The key in {@code balsam.yaml}, in a template's policy and in JSON: {@code psi-block}. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value that holds when a project declares none. */
  public BigDecimal standard() {
    return standard;
  }

  /** Whether the value is a number of cases. */
  boolean counts() {
    return this == MINIMUM_CASES || this == MINIMUM_GROUP;
  }

  boolean allows(BigDecimal value) {
    return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
  }

  /** The lowest value that any policy may allow. */
  public BigDecimal lowest() {
    return lowest;
  }

  /** The highest value that any policy may allow. */
  public BigDecimal highest() {
    return highest;
  }
}
