package org.balsam.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** What people read in the browser instead of a page; it needs no script. */
final class ErrorPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s – Balsam</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/login.css">
      </head>
      <body>
      <main>
      <h1>%1$s</h1>
      <p role="alert">%2$s</p>
      %3$s
      </main>
      </body>
      </html>
      """;

  private static final String TASKLIST = "/camunda/app/tasklist/";
  private static final String TO_TASKLIST =
      "<p><a href=\"/camunda/app/tasklist/default/\">%s</a></p>";
  private static final String SIGN_OUT =
      """
      <form method="post" action="/logout">
      <input type="hidden" name="%s" value="%s">
      <button type="submit">Sign out</button>
      </form>
      """;

  private ErrorPage() {}

  /**
   * The page for a failed request.
   *
   * @param path what was asked for
   * @param detail what programs are told, for failures that have no words for people of their own
   * @param session the token of an open session, with which it can be ended; null without one
   */
  static String of(HttpStatus status, String path, String detail, @Nullable CsrfToken session) {
    var isTasklist = path.startsWith(TASKLIST);
    var ways = TO_TASKLIST.formatted(isTasklist ? "Try again" : "Go to Tasklist");
    if (session != null) {
      ways += SIGN_OUT.formatted(session.getParameterName(), session.getToken());
    }
    return PAGE.formatted(
        title(status), HtmlUtils.htmlEscape(text(status, isTasklist, detail)), ways);
  }

  private static String title(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN -> "This page is not for you";
      case NOT_FOUND -> "There is nothing here";
      case SERVICE_UNAVAILABLE -> "Please come again in a moment";
      default -> "This did not work";
    };
  }

  private static String text(HttpStatus status, boolean isTasklist, String detail) {
    return switch (status) {
      case FORBIDDEN ->
          isTasklist
              ? "You are signed in, but have no role in any project, so there are no tasks for you."
                  + " Ask the owner of your project for a role, then try again."
              : "Your roles do not open this page. Cockpit and Admin are for administrators of the"
                  + " platform. If a form brought you here, it was open too long: load it again.";
      case NOT_FOUND -> "The address may be mistyped, or what was here is gone.";
      default -> detail;
    };
  }
}
