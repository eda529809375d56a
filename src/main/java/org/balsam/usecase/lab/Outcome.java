package org.balsam.usecase.lab;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What comes of an exploration. */
public enum Outcome {
  /** Nothing; the reason is kept. */
  STOP,
  /** It goes on until another date. */
  CONTINUE,
  /** Its result becomes part of a production project. */
  TRANSFER;

  /** The writing in forms and the API: {@code stop}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
