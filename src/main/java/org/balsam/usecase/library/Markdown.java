package org.balsam.usecase.library;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.springframework.web.util.HtmlUtils;

/**
 * Markdown of strangers as HTML that does nothing: markup in it is shown as text, images are not
 * fetched, and links lead to web pages and mail only. Text whose structure is nested without end,
 * or that the parser would take long for, is shown as it is written.
 */
final class Markdown {

  private static final int DEEPEST = 100;
  private static final long MOST_STEPS = 100_000_000;
  private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t]*+\\r?\\n");
  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(
              context ->
                  (node, tag, attributes) -> {
                    if (node instanceof Link) {
                      attributes.put("rel", "nofollow noopener noreferrer");
                    }
                  })
          .build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(EXTENSIONS).build();

  private Markdown() {}

  /** As HTML. */
  static String html(String text) {
    return parsed(text)
        .map(
            document -> {
              nodes(document).forEach(Markdown::disarm);
              return HTML.render(document);
            })
        .orElseGet(() -> "<pre>" + HtmlUtils.htmlEscape(text) + "</pre>\n");
  }

  /** The words of it, for the index. */
  static String plain(String text) {
    return parsed(text).map(TEXT::render).orElse(text);
  }

  /** Its first heading. */
  static Optional<String> heading(String text) {
    return parsed(text).stream()
        .flatMap(document -> nodes(document).stream())
        .filter(Heading.class::isInstance)
        .findFirst()
        .map(heading -> TEXT.render(heading).strip())
        .filter(title -> !title.isEmpty());
  }

  /**
   * Whether it is parsed well within a second. For each bracket and the like the parser may look
   * through the rest of the paragraph, or of the table.
   */
  static boolean isQuick(String text) {
    return BLANK_LINE
            .splitAsStream(text)
            .mapToLong(
                part -> part.length() * part.chars().filter(c -> "<[|`".indexOf(c) >= 0).count())
            .sum()
        <= MOST_STEPS;
  }

  private static Optional<Node> parsed(String text) {
    return isQuick(text)
        ? Optional.of(PARSER.parse(text)).filter(document -> !isTooDeep(document))
        : Optional.empty();
  }

  private static void disarm(Node node) {
    if (node instanceof Image image) {
      var shown = new Text("[image: " + image.getDestination() + "]");
      image.insertBefore(shown);
      image.unlink();
    } else if (node instanceof Link link && !leadsToAPage(link.getDestination())) {
      while (link.getFirstChild() != null) {
        link.insertBefore(link.getFirstChild());
      }
      link.unlink();
    } else if (node instanceof LinkReferenceDefinition definition) {
      definition.unlink();
    }
  }

  private static boolean leadsToAPage(String destination) {
    var lower = destination.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://")
        || lower.startsWith("http://")
        || lower.startsWith("mailto:");
  }

  /** All nodes, without recursion. */
  private static List<Node> nodes(Node document) {
    var found = new ArrayList<Node>();
    var open = new ArrayDeque<>(List.of(document));
    while (!open.isEmpty()) {
      var node = open.pop();
      found.add(node);
      for (var child = node.getLastChild(); child != null; child = child.getPrevious()) {
        open.push(child);
      }
    }
    return found;
  }

  private static boolean isTooDeep(Node document) {
    var depth = 0;
    for (Node node = document; node != null; ) {
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
        depth++;
      } else {
        while (node != null && node.getNext() == null) {
          node = node.getParent();
          depth--;
        }
        node = node == null ? null : node.getNext();
      }
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }
}
