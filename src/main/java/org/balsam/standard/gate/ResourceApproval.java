package org.balsam.standard.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who approves the use of resources; the answer of the decision table {@code resourceApproval}. */
public enum ResourceApproval {
  /** Nobody needs to. */
  NONE,
  /** The project's owner. */
  OWNER,
  /** The project's data steward. */
  STEWARD,
  /** Nobody can: the request is refused. */
  REFUSE;

  /**
   * Reads {@code none}, {@code owner}, {@code steward}, {@code refuse}; else an {@code Invalid}.
   */
  @JsonCreator
  public static ResourceApproval parse(String value) {
    return Words.parse(ResourceApproval.class, "resource approval", value);
  }

  /** The writing in the decision table, in models and in JSON: {@code owner}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
