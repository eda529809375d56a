package org.balsam.api;

import org.springframework.web.util.HtmlUtils;

/** The frame of pages that people read without the console: no script, every text escaped. */
final class PlainPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s – Balsam</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="%2$s/login.css">
      </head>
      <body>
      <main>
      <h1>%1$s</h1>
      %3$s
      </main>
      </body>
      </html>
      """;

  private PlainPage() {}

  /**
   * A page.
   *
   * @param title its heading, as text
   * @param base where the application is, without a slash at the end
   * @param content what follows the heading, as HTML
   */
  static String of(String title, String base, String content) {
    return PAGE.formatted(escape(title), escape(base), content);
  }

  /** A text as it stands in HTML, between tags and in attributes. */
  static String escape(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
