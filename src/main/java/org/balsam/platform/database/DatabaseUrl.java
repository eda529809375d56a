package org.balsam.platform.database;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.postgresql.Driver;

/**
 * What the URL of an external database may say. The driver writes one that it does not understand
 * into the log and its exceptions, with whatever secret is in it; this does not.
 */
final class DatabaseUrl {

  private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]*)(?::\\d{1,5})?";
  private static final Pattern SERVER =
      Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*/)?[^/&=@:#]*");

  /** They would replace those of both logins. */
  private static final Set<String> LOGIN = Set.of("user", "password");

  private DatabaseUrl() {}

  /**
   * The same URL.
   *
   * @throws Invalid when it is no URL of a PostgreSQL, or has a login; does not repeat it
   */
  static String checked(String url) {
    var parts = url.split("[?]", 2);
    if (!SERVER.matcher(parts[0]).matches()) {
      throw invalid("is not of the form jdbc:postgresql://HOST:PORT/DATABASE?PARAMETER=VALUE");
    }
    if (parts.length == 2 && Stream.of(parts[1].split("&")).anyMatch(DatabaseUrl::isLogin)) {
      throw invalid(
          "has a parameter 'user' or 'password'; logins belong into balsam.database.external.username, .password, .owner-username and .owner-password");
    }
    if (Driver.parseURL(url, null) == null) {
      throw invalid(
          "has a port above 65535, or a % that is not followed by two hexadecimal digits; in the name of a database and in values write %25 for %, %26 for &");
    }
    return url;
  }

  private static boolean isLogin(String parameter) {
    return LOGIN.contains(parameter.split("=", 2)[0].toLowerCase(Locale.ROOT));
  }

  private static Invalid invalid(String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, "balsam.database.external.url", message);
  }
}
