package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a model in its project, over all its versions: {@code coicop-coder}. */
public record ModelName(@JsonValue String value) {

  static final String SHAPE = Grammar.SEG + "(?:-[a-z0-9]+){0,3}";

  private static final Pattern PATTERN = Grammar.anchored("(?=.{3,24}\\z)" + SHAPE);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ModelName {
    Grammar.check(
        PATTERN,
        "model",
        value,
        "3 to 24 characters, one to four words of lower-case letters and digits joined by '-', a"
            + " letter first; for example coicop-coder");
  }

  @Override
  public String toString() {
    return value;
  }
}
