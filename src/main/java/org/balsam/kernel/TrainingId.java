package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One training of a model: {@code ml-coicop-train-a1b2c3}. It is the BPMN business key of the
 * training and, as a job outside a round, a {@link JobId} as well.
 *
 * @param suffix six lower-case letters and digits that tell this training from others of the
 *     project
 */
public record TrainingId(ProjectId project, String suffix) {

  private static final Pattern SUFFIX = Grammar.anchored("[a-z0-9]{6}");
  private static final Pattern PATTERN =
      Pattern.compile("^(?=.{1,52}\\z)(" + Grammar.P + ")-train-([a-z0-9]{6})\\z");

  public TrainingId {
    Grammar.check(SUFFIX, "training", suffix, "six lower-case letters and digits");
  }

  /** Reads {@code ml-coicop-train-a1b2c3}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static TrainingId parse(String value) {
    var matcher = PATTERN.matcher(value);
    if (!matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "training",
          "'"
              + Grammar.printable(value)
              + "' is not a training; allowed: <project>-train-<six letters and digits>, for"
              + " example ml-coicop-train-a1b2c3");
    }
    return new TrainingId(new ProjectId(matcher.group(1)), matcher.group(2));
  }

  /** The written form. */
  @JsonValue
  public String value() {
    return project + "-train-" + suffix;
  }

  @Override
  public String toString() {
    return value();
  }
}
