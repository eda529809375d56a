package org.balsam.usecase.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;

/**
 * A schedule of a project, {@code emp-industry-quarterly}: the business key of its process.
 *
 * @param name one lower-case word of 2 to 20 letters and digits, unique in the project
 */
public record ScheduleId(ProjectId project, String name) {

  private static final Pattern NAME = Pattern.compile("^[a-z][a-z0-9]{1,19}\\z");

  public ScheduleId {
    if (!NAME.matcher(name).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "name",
          "the name of a schedule is one lower-case word of 2 to 20 letters and digits that starts"
              + " with a letter, for example quarterly");
    }
  }

  /** Reads {@code emp-industry-quarterly}; the last word is the name. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ScheduleId parse(String value) {
    var end = value.lastIndexOf('-');
    if (end < 0 || value.length() > 41) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "schedule",
          "a schedule is written <project>-<name>, for example emp-industry-quarterly");
    }
    return new ScheduleId(new ProjectId(value.substring(0, end)), value.substring(end + 1));
  }

  /** The written form. */
  @JsonValue
  public String value() {
    return project + "-" + name;
  }

  @Override
  public String toString() {
    return value();
  }
}
