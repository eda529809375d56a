package org.balsam.standard.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What follows from one check's result. */
public enum Verdict {
  /** Nothing. */
  PASS,
  /** An explanation is required before the results are reviewed. */
  EXPLAIN,
  /** The data must be corrected, or the check waived with a reason. */
  BLOCK;

  /** Reads {@code pass}, {@code explain} or {@code block}; anything else is an {@code Invalid}. */
  @JsonCreator
  public static Verdict parse(String value) {
    return Words.parse(Verdict.class, "verdict", value);
  }

  /** The writing in the decision table and in JSON: {@code pass}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
