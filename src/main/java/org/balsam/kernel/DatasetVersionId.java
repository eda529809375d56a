package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One frozen, immutable version of a dataset: {@code lfs/proc/persons@2026-q3-r0.3}.
 *
 * @param build counts the freezes of this dataset for the same period and revision, 1 to 9999
 */
public record DatasetVersionId(DatasetId dataset, Period period, int revision, int build) {

  private static final Pattern PATTERN =
      Pattern.compile(
          "^("
              + Grammar.P
              + ")/("
              + Grammar.LAYER
              + ")/("
              + Grammar.NAME
              + ")@("
              + Grammar.PER
              + ")-r("
              + Grammar.REV
              + ")\\.([1-9]\\d{0,3})\\z");

  public DatasetVersionId {
    if (revision < 0 || revision > 99 || build < 1 || build > 9999) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "dataset version",
          "revision " + revision + " must be 0 to 99 and build " + build + " must be 1 to 9999");
    }
  }

  /** Reads {@code lfs/proc/persons@2026-q3-r0.3}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DatasetVersionId parse(String value) {
    var matcher = PATTERN.matcher(value);
    if (value.length() > 512 || !matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "dataset version",
          "'"
              + Grammar.printable(value)
              + "' is not a dataset version; allowed: <project>/<layer>/<name>@<period>-r<revision>."
              + "<build>, for example lfs/proc/persons@2026-q3-r0.3");
    }
    return new DatasetVersionId(
        new DatasetId(
            new ProjectId(matcher.group(1)), Layer.parse(matcher.group(2)), matcher.group(3)),
        new Period(matcher.group(4)),
        Integer.parseInt(matcher.group(5)),
        Integer.parseInt(matcher.group(6)));
  }

  /** The written form. */
  @JsonValue
  public String value() {
    return dataset + "@" + label();
  }

  /** The part behind the {@code @}: {@code 2026-q3-r0.3}. */
  public String label() {
    return period + "-r" + revision + "." + build;
  }

  @Override
  public String toString() {
    return value();
  }
}
