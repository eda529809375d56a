package org.balsam.standard.promotion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.Shown;

/**
 * What a check found, in the words that the decision table decides on; from best to worst. A check
 * of several parts has the worst of their findings.
 */
public enum PromotionFinding {
  /** The figure keeps to its threshold. */
  MET,
  /** The check does not concern this model as it is declared. */
  NOT_APPLICABLE,
  /** There are too few cases to judge. */
  TOO_FEW,
  /** There is no champion to compare with: the first model. */
  NO_CHAMPION,
  /** Neither clearly good nor clearly bad: a person has to look. */
  BORDERLINE,
  /** The figure does not keep to its threshold. */
  NOT_MET,
  /** The evidence that the check needs was not given. */
  MISSING;

  /** Reads the writing of JSON; anything else is an {@link Invalid}. */
  @JsonCreator
  public static PromotionFinding parse(String value) {
    for (var finding : values()) {
      if (finding.value().equals(value)) {
        return finding;
      }
    }
    throw new Invalid(
        ErrorCode.INVALID_INPUT, "finding", "'" + Shown.of(value) + "' is not a finding");
  }

  /** The writing in the decision table and in JSON: {@code not-met}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
