package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A job: {@code lfs-2026-q3-r0-g54-impute-a1b2} in a round, {@code ml-coicop-train-a1b2c3} outside.
 * The same id always means the same work, so submitting it twice starts it once.
 */
public record JobId(@JsonValue String value) {

  private static final Pattern PATTERN =
      Grammar.anchored(
          "(?=.{1,52}\\z)(?:"
              + (Grammar.P
                  + "-"
                  + Grammar.PER
                  + "-r"
                  + Grammar.REV
                  + "-(?:g[1-8][1-8]-)?[a-z][a-z0-9]{1,9}-[a-z0-9]{4}")
              + "|"
              + Grammar.P
              + "-(?:train|tune|eval|gate|score|drift|explore)-[a-z0-9]{6})");

  private static final Pattern PROJECT =
      Grammar.anchored(
          "(?:(%s)-%s-r%s-.*|(%s)-[a-z]+-[a-z0-9]{6})"
              .formatted(Grammar.P, Grammar.PER, Grammar.REV, Grammar.P));

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public JobId {
    Grammar.check(
        PATTERN, "job", value, "for example lfs-2026-q3-r0-g54-impute-a1b2, at most 52 characters");
  }

  /**
   * The job of a round's step.
   *
   * @param gsbpm the GSBPM sub-process, for example {@code 5.4}, or empty
   * @param step the step's name, 2 to 10 letters and digits
   * @param key what makes this run of the step different from others; the suffix is derived from it
   */
  public static JobId ofStep(RoundId round, String gsbpm, String step, String key) {
    var sub = gsbpm.isEmpty() ? "" : "g" + gsbpm.replace(".", "") + "-";
    var digest = Sha256.of(key).value();
    var suffix = Integer.toString(Integer.parseInt(digest.substring(0, 7), 16) % 1679616, 36);
    return new JobId(round + "-" + sub + step + "-" + "0".repeat(4 - suffix.length()) + suffix);
  }

  /** The project whose job it is. */
  public ProjectId project() {
    var matcher = PROJECT.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalStateException(value + " is a job and so begins with a project");
    }
    return new ProjectId(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  @Override
  public String toString() {
    return value;
  }
}
