package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** An exploration: {@code ml-coicop-explore-a1b2c3}, a job outside a round. */
public record ExplorationId(@JsonValue String value) {

  private static final String KIND = "-explore-";
  private static final Pattern PATTERN =
      Grammar.anchored("(?=.{1,52}\\z)" + Grammar.P + KIND + "[a-z0-9]{6}");
  private static final SecureRandom RANDOM = new SecureRandom();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExplorationId {
    Grammar.check(PATTERN, "exploration", value, "for example ml-coicop-explore-a1b2c3");
  }

  /** A new one. */
  public static ExplorationId create(ProjectId project) {
    var number = RANDOM.nextLong(2_176_782_336L);
    var suffix = Long.toString(number, 36);
    return new ExplorationId(project + KIND + "0".repeat(6 - suffix.length()) + suffix);
  }

  /** The project that it belongs to. */
  public ProjectId project() {
    return new ProjectId(value.substring(0, value.length() - KIND.length() - 6));
  }

  /** The six letters and digits that distinguish it. */
  public String suffix() {
    return value.substring(value.length() - 6);
  }

  @Override
  public String toString() {
    return value;
  }
}
