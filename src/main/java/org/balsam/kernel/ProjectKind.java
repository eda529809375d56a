package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a project is for. */
public enum ProjectKind {
  /** Makes a product in rounds. */
  PRODUCTION,
  /** Trains models that productions use. */
  MODELS,
  /** Explores. */
  LAB;

  /** The writing in group paths and the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
