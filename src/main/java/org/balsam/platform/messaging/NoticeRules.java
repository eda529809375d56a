package org.balsam.platform.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.ProjectId;

/** What a notice may hold: no forged lines, no links to elsewhere, no other project's people. */
final class NoticeRules {

  private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}\\u2028\\u2029]*+");
  private static final Pattern TEXT = Pattern.compile("[\\P{Cntrl}\\n\\r\\t]*+");
  private static final Pattern LINK = Pattern.compile("(?:/(?![/\\\\])[^\\p{Cntrl}\\s\\\\]*+)?");
  private static final Pattern ROLE = Pattern.compile("[a-z]{1,32}");

  private NoticeRules() {}

  static void check(
      String key,
      ProjectId project,
      List<String> groups,
      String subject,
      String text,
      String link) {
    var problems = new ArrayList<Problem>();
    if (!isLine(key, 200)) {
      problems.add(new Problem("key", "must be one line of 1 to 200 characters"));
    }
    if (!isLine(subject, 200)) {
      problems.add(new Problem("subject", "must be one line of 1 to 200 characters"));
    }
    if (text.length() > 10_000 || !TEXT.matcher(text).matches()) {
      problems.add(
          new Problem("text", "must be at most 10,000 characters without control characters"));
    }
    if (link.length() > 500 || !LINK.matcher(link).matches()) {
      problems.add(
          new Problem("link", "must be empty or a path in Balsam of at most 500 characters"));
    }
    if (!groups.stream().allMatch(group -> isReachable(group, project))) {
      problems.add(
          new Problem(
              "groups", "must be " + project + "/<role> or " + Actor.PLATFORM_ADMINISTRATORS));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  private static boolean isLine(String value, int longest) {
    return !value.isBlank() && value.length() <= longest && ONE_LINE.matcher(value).matches();
  }

  private static boolean isReachable(String group, ProjectId project) {
    var prefix = project + "/";
    return group.equals(Actor.PLATFORM_ADMINISTRATORS)
        || (group.startsWith(prefix) && ROLE.matcher(group.substring(prefix.length())).matches());
  }
}
