package org.balsam.standard.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a check matters when its threshold is exceeded. */
public enum Severity {
  /** The round stops until the data are corrected or the check is waived with a reason. */
  BLOCK,
  /** Somebody must explain before the results are reviewed. */
  WARN,
  /** Shown, and nothing more. */
  INFO;

  /** Reads {@code block}, {@code warn} or {@code info}; anything else is an {@code Invalid}. */
  @JsonCreator
  public static Severity parse(String value) {
    return Words.parse(Severity.class, "severity", value);
  }

  /** The writing in {@code balsam.yaml}, in the decision table and in JSON: {@code block}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
