package org.balsam.platform.compute.workspace;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The log of a workspace's service as members of the project may read it: without what signs in.
 * Jupyter writes the address of a request that failed, and the token may be in it.
 */
public final class ServiceLog {

  private static final String LEFT_OUT = "***";
  private static final String LONG_LINE = "(a line that is longer than what is shown)\n";

  /** What a name of a secret has in it. */
  private static final String SECRET =
      "(?:token|secret|passw|pwd|api[_-]?key|access[_-]?key|credential|signature|session[_-]?key)";

  /** Written as they are, or as part of another address. */
  private static final String PARAMETER =
      "(?i)((?:[?&;#]|%3f|%26)(?:[\\w.-]{0,40}" + SECRET + "[\\w.-]{0,40}|key|auth|code|sig)";

  private static final Map<Pattern, String> FORMS = new LinkedHashMap<>();

  static {
    // a header is the rest of its line
    FORMS.put(
        Pattern.compile(
            "(?im)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]{0,40}(?:token|key|secret)[a-z-]{0,40})([\"']?\\s{0,5}[:=]).*$"),
        "$1$2 " + LEFT_OUT);
    FORMS.put(Pattern.compile(PARAMETER + "(?:=|%3d))[^\\s&;\"'<>#]+"), "$1" + LEFT_OUT);
    FORMS.put(
        Pattern.compile("(?i)\\b(bearer|basic|token)(\\s+)[A-Za-z0-9+/=._~-]{16,}"),
        "$1$2" + LEFT_OUT);
    FORMS.put(
        Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{1,20}://[^\\s:/@'\"<>]{0,100}):[^\\s/@'\"<>]+@"),
        "$1:" + LEFT_OUT + "@");
  }

  private ServiceLog() {}

  /**
   * The text without secrets of well-known places: parameters of addresses, headers, passwords in
   * addresses.
   *
   * @param known secrets that may stand anywhere
   */
  public static String shown(String log, Collection<String> known) {
    var shown = log;
    for (var secret : known) {
      shown = secret.isBlank() ? shown : shown.replace(secret, LEFT_OUT);
    }
    for (var form : FORMS.entrySet()) {
      shown = form.getKey().matcher(shown).replaceAll(form.getValue());
    }
    return shown;
  }

  /** From the first line that begins in it: before that, it may be the end of a secret. */
  public static String wholeLines(String log) {
    var end = log.indexOf('\n');
    return end < 0 || end == log.length() - 1 ? LONG_LINE : log.substring(end + 1);
  }

  /** Up to the last line that ends in it: after that, it may be the beginning of a secret. */
  public static String endedLines(String log) {
    var end = log.lastIndexOf('\n');
    return end < 0 ? LONG_LINE : log.substring(0, end + 1);
  }
}
