package org.balsam.standard.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The standing of a statistical product; an input of the decision table {@code qualityGate}. */
public enum ProductType {
  /** Official statistics: every declared severity holds. */
  OFFICIAL,
  /** Experimental statistics: unusual movements are explained rather than blocked. */
  EXPERIMENTAL;

  /** Reads {@code official} or {@code experimental}; anything else is an {@code Invalid}. */
  @JsonCreator
  public static ProductType parse(String value) {
    return Words.parse(ProductType.class, "product type", value);
  }

  /** The writing in {@code balsam.yaml}, in the decision table and in JSON: {@code official}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
