package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a person may be in a project. Rights follow from the role, separation of duties from the
 * person.
 */
public enum Role {
  /** Process owner, accountable end to end. */
  OWNER,
  /** Subject-matter statistician. */
  SUBJECT,
  /** Methodologist. */
  METHODOLOGY,
  /** IT production, data engineer. */
  PRODUCTION,
  /** Data steward. */
  STEWARD,
  /** Governance and quality reviewer. */
  QUALITY,
  /** Release manager. */
  RELEASE,
  /** Internal or external auditor: reads everything of the project, changes nothing. */
  AUDITOR;

  /** Those that may explore: make branches and workspaces. */
  public static final List<Role> EXPLORING = List.of(OWNER, SUBJECT, METHODOLOGY, PRODUCTION);

  /** Reads the lower-case writing. */
  @JsonCreator
  public static Role parse(String value) {
    return Arrays.stream(values())
        .filter(role -> role.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "role",
                    "'"
                        + Grammar.printable(value)
                        + "' is not a role; allowed: owner, subject, methodology, production,"
                        + " steward, quality, release, auditor"));
  }

  /** The role's writing in groups, forms and the API. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The group of all people with this role in {@code project}: {@code emp-industry/owner}. */
  public String group(ProjectId project) {
    return project + "/" + value();
  }
}
