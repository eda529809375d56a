package org.balsam.api;

import org.springframework.http.HttpStatus;
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
      <p><a href="/camunda/app/tasklist/default/">Go to Tasklist</a></p>
      </main>
      </body>
      </html>
      """;

  private ErrorPage() {}

  /**
   * The page for a failed request.
   *
   * @param detail what programs are told, for failures that have no words for people of their own
   */
  static String of(HttpStatus status, String detail) {
    return PAGE.formatted(title(status), HtmlUtils.htmlEscape(text(status, detail)));
  }

  private static String title(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN -> "This page is not for you";
      case NOT_FOUND -> "There is nothing here";
      case SERVICE_UNAVAILABLE -> "Please come again in a moment";
      default -> "This did not work";
    };
  }

  private static String text(HttpStatus status, String detail) {
    return switch (status) {
      case FORBIDDEN ->
          "Your roles do not open this page. Cockpit and Admin are for administrators of the"
              + " platform. If a form brought you here, it was open too long: load it again.";
      case NOT_FOUND -> "The address may be mistyped, or what was here is gone.";
      default -> detail;
    };
  }
}
