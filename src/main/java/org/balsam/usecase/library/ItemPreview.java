package org.balsam.usecase.library;

import java.util.Locale;
import java.util.Optional;
import org.springframework.web.util.HtmlUtils;

/** What a file of strangers looks like, as HTML that does nothing. */
final class ItemPreview {

  private static final int LARGEST = 2 << 20;

  private ItemPreview() {}

  /** The page; empty for a file that is no text, or too large to be looked at. */
  static Optional<String> of(String path, String title, byte[] content) {
    return body(path, content).map(body -> page(title, body));
  }

  private static Optional<String> body(String path, byte[] content) {
    var name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".ipynb")) {
      return Notebook.read(content).map(Notebook::html);
    }
    if (content.length > LARGEST) {
      return Optional.empty();
    }
    return ItemText.decoded(content)
        .map(
            text ->
                ItemText.isMarkdown(name)
                    ? Markdown.html(ItemText.withoutFront(text))
                    : "<pre>" + HtmlUtils.htmlEscape(text) + "</pre>\n");
  }

  private static String page(String title, String body) {
    return """
        <!doctype html>
        <html>
        <head><meta charset="utf-8"><title>%s</title></head>
        <body>
        %s</body>
        </html>
        """
        .formatted(HtmlUtils.htmlEscape(title), body);
  }
}
