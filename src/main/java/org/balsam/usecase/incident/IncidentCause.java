package org.balsam.usecase.incident;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failure's message says without the names of what it happened to, so that the same trouble
 * of many rounds is one cause. Short numbers stay: 401 and 503 are two causes.
 */
final class IncidentCause {

  private static final String ANY = "…";

  /**
   * Names go on with their step, file or key: nsi-lfs-raw/x.csv, lfs-2026-q3-r0-g54-impute-a1b2.
   */
  private static final String REST = "[\\w./@:-]*";

  private static final Pattern VARYING =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d)?"
              + "|\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
              + "|\\b(?=[a-z]*\\d)[0-9a-f]{12,64}\\b"
              + "|\\d+(?= ?(?:ms|bytes)\\b)"
              + "|\\b\\d{6,}\\b");

  private IncidentCause() {}

  static String of(String message, @Nullable String subject, @Nullable String project) {
    var text = without(without(message, subject), project);
    return VARYING.matcher(text).replaceAll(ANY).strip();
  }

  private static String without(String text, @Nullable String name) {
    return name == null || name.isEmpty()
        ? text
        : text.replaceAll(
            "\\b(?:[\\w-]{0,60}-)?" + Pattern.quote(name) + "(?![a-zA-Z0-9])" + REST, ANY);
  }
}
