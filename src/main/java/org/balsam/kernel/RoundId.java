package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One run of a product's production: project, reference period and revision, for example {@code
 * lfs-2026-q3-r0}. It is the BPMN business key of the round and, by construction, unique.
 *
 * @param revision 0 is the first release (a flash estimate, where there is one), 1 to 99 each
 *     published revision
 */
public record RoundId(ProjectId project, Period period, int revision) {

  private static final Pattern PATTERN =
      Pattern.compile(
          "^(?=.{1,32}\\z)(" + Grammar.P + ")-(" + Grammar.PER + ")-r(" + Grammar.REV + ")\\z");

  public RoundId {
    if (revision < 0 || revision > 99) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER, "revision", revision + " is not in the range 0 to 99");
    }
  }

  /** Reads {@code lfs-2026-q3-r0}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RoundId parse(String value) {
    var matcher = PATTERN.matcher(value);
    if (!matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "round",
          "'"
              + Grammar.printable(value)
              + "' is not a round; allowed: <project>-<period>-r<revision>, for example"
              + " lfs-2026-q3-r0");
    }
    return new RoundId(
        new ProjectId(matcher.group(1)),
        new Period(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** The identifier's written form. */
  @JsonValue
  public String value() {
    return project + "-" + periodRevision();
  }

  /** Period and revision as used in branches, tags and dataset versions: {@code 2026-q3-r0}. */
  public String periodRevision() {
    return period + "-r" + revision;
  }

  /** The round's branch, {@code round/2026-q3-r0}. */
  public String branch() {
    return "round/" + periodRevision();
  }

  /** The tag that marks the round's release, {@code rel/2026-q3-r0}. */
  public String releaseTag() {
    return "rel/" + periodRevision();
  }

  @Override
  public String toString() {
    return value();
  }
}
