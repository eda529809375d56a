package org.balsam.platform.forge;

import java.util.regex.Pattern;

/**
 * Finds passwords in the lines of a {@code .netrc}, whatever the file is called: {@code machine …
 * login … password …} in one line or several.
 */
final class NetrcLines {

  private static final Pattern MACHINE =
      Pattern.compile("^\\s{0,20}(?:machine\\s{1,20}\\S{1,300}|default)(?=\\s|$)");
  private static final Pattern MORE =
      Pattern.compile("^\\s{0,20}(?:login\\s|password\\s|account\\s|#|$)");
  private static final Pattern LOGIN = Pattern.compile("(?:^|\\s)login\\s{1,20}\\S");

  /** What stands for a password, as {@code $TOKEN} or {@code <token>}, is allowed. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?:^|\\s)password\\s{1,20}(?![<${%*])\\S{3,300}(?=\\s{0,20}(?:$|#)|\\s+(?:account|machine|login)\\s)");

  private static final int LONGEST = 2000;

  private boolean isOpen;
  private boolean hasLogin;

  /** Whether the line, which follows the ones before, holds a password. */
  boolean holdsPassword(String line) {
    if (line.length() > LONGEST) {
      isOpen = false;
    } else if (MACHINE.matcher(line).find()) {
      isOpen = true;
      hasLogin = false;
    } else if (isOpen && !MORE.matcher(line).find()) {
      isOpen = false;
    }
    if (!isOpen) {
      return false;
    }
    hasLogin = hasLogin || LOGIN.matcher(line).find();
    return hasLogin && PASSWORD.matcher(line).find();
  }
}
