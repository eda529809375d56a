package org.balsam.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;

/** What people read in the browser instead of a page; it needs no script. */
final class ErrorPage {

  private static final String TASKLIST = "/camunda/app/tasklist/";
  private static final String TO_TASKLIST =
      "<p><a href=\"%s/camunda/app/tasklist/default/\">%s</a></p>";
  private static final String TO_CONSOLE = "<p><a href=\"%s/\">Go to the console</a></p>";
  private static final String SIGN_OUT =
      """
      <form method="post" action="%s/logout">
      <input type="hidden" name="%s" value="%s">
      <button type="submit">Sign out</button>
      </form>
      """;

  private ErrorPage() {}

  /**
   * The page for a failed request.
   *
   * @param base where the application is, without a slash at the end
   * @param path what was asked for
   * @param detail what programs are told, for failures that have no words for people of their own
   * @param session the token of an open session, with which it can be ended; null without one
   */
  static String of(
      HttpStatus status, String base, String path, String detail, @Nullable CsrfToken session) {
    var root = PlainPage.escape(base);
    var isTasklist = path.startsWith(base + TASKLIST);
    var said =
        "<p role=\"alert\">%s</p>%n".formatted(PlainPage.escape(text(status, isTasklist, detail)));
    var ways = way(status, root, isTasklist);
    if (session != null) {
      ways += SIGN_OUT.formatted(root, session.getParameterName(), session.getToken());
    }
    return PlainPage.of(title(status), base, said + ways);
  }

  private static String way(HttpStatus status, String root, boolean isTasklist) {
    if (isTasklist) {
      return TO_TASKLIST.formatted(root, "Try again");
    }
    return status == HttpStatus.NOT_FOUND
        ? TO_CONSOLE.formatted(root)
        : TO_TASKLIST.formatted(root, "Go to Tasklist");
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
