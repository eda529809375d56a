package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The canonical slug of a project, for example {@code emp-industry}; every other system's name is
 * derived from it.
 */
public record ProjectId(@JsonValue String value) implements Comparable<ProjectId> {

  private static final Pattern PATTERN =
      Grammar.anchored("(?=.{3,20}\\z)(?!(?:" + Grammar.RESERVED + ")\\z)" + Grammar.P);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProjectId {
    Grammar.check(
        PATTERN,
        "project",
        value,
        "3 to 20 characters, lower-case words of letters and digits joined by '-', each starting"
            + " with a letter, at most four, and no reserved word; for example emp-industry");
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
