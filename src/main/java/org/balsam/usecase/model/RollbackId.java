package org.balsam.usecase.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;

/**
 * A roll-back of a model, {@code ml-strikes-rollback-a1b2c3}: the business key of its process.
 *
 * @param suffix six hexadecimal digits
 */
public record RollbackId(ProjectId project, String suffix) {

  private static final Pattern PATTERN = Pattern.compile("^(.{3,20})-rollback-([0-9a-f]{6})\\z");

  /** Reads {@code ml-strikes-rollback-a1b2c3}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RollbackId parse(String value) {
    var matcher = PATTERN.matcher(value);
    if (!matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "rollback",
          "a roll-back is written <project>-rollback-<six hexadecimal digits>, for example"
              + " ml-strikes-rollback-a1b2c3");
    }
    return new RollbackId(new ProjectId(matcher.group(1)), matcher.group(2));
  }

  /**
   * The id of a model's next roll-back.
   *
   * @param earlier how many roll-backs the model had, or more
   */
  static RollbackId of(ProjectId project, ModelName model, long earlier) {
    var digest = Sha256.of(project + "/" + model + "/" + earlier).value();
    return new RollbackId(project, digest.substring(0, 6));
  }

  /** The written form. */
  @JsonValue
  public String value() {
    return project + "-rollback-" + suffix;
  }

  @Override
  public String toString() {
    return value();
  }
}
