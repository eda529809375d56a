package org.balsam.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.HtmlUtils;

/**
 * The frame of pages that people read without the console, for one request: no script, nothing from
 * elsewhere, in the reader's language, and below the path prefix if there is one.
 */
public final class PageFrame {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%1$s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%2$s – Balsam</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="%3$s/login.css">
      </head>
      <body>
      <main>
      <h1>%4$s</h1>
      %5$s
      </main>
      </body>
      </html>
      """;

  private final PageWords words;
  private final String base;

  /** For who sent the request. */
  public PageFrame(HttpServletRequest request) {
    this.words = new PageWords(request);
    this.base = escape(request.getContextPath());
  }

  /** The words for what is on the page. */
  public PageWords words() {
    return words;
  }

  /** Where the application is, without a slash at the end, as it stands in HTML. */
  public String base() {
    return base;
  }

  /**
   * A page.
   *
   * @param title its name and heading, as HTML
   * @param content what follows the heading, as HTML
   */
  public String page(String title, String content) {
    return page(title, title, content);
  }

  /**
   * A page with a heading that says more than its name.
   *
   * @see #page(String, String)
   */
  public String page(String title, String heading, String content) {
    return PAGE.formatted(words.language(), title, base, heading, content);
  }

  /** A text as it stands in HTML, between tags and in attributes. */
  public static String escape(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
