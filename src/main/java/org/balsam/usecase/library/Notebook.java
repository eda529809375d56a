package org.balsam.usecase.library;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A Jupyter notebook of strangers, format 4: what people wrote, and of what running it gave only
 * plain text and PNG images. HTML, scripts, vector images and widgets of outputs are not shown.
 *
 * @see <a href="https://nbformat.readthedocs.io/en/latest/format_description.html">the format</a>
 */
final class Notebook {

  private static final int MOST_CELLS = 2_000;
  private static final int MOST_OUTPUTS = 50;
  private static final int LARGEST_IMAGE = 1 << 20;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Pattern TERMINAL = Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n]]");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxStringLength(8 << 20)
                          .maxNumberLength(100)
                          .maxDocumentLength(8L << 20)
                          .build())
                  .build())
          .build();

  private final List<JsonNode> cells;
  private final boolean isQuick;

  private Notebook(List<JsonNode> cells) {
    this.cells = cells;
    this.isQuick =
        Markdown.isQuick(
            cells.stream()
                .filter(Notebook::isMarkdown)
                .map(Notebook::source)
                .collect(Collectors.joining("\n\n")));
  }

  /** Reads one; empty for what is none of format 4. */
  static Optional<Notebook> read(byte[] content) {
    try {
      var root = JSON.readTree(content);
      if (root == null || root.path("nbformat").asInt() != 4 || !root.path("cells").isArray()) {
        return Optional.empty();
      }
      var cells =
          StreamSupport.stream(root.path("cells").spliterator(), false)
              .limit(MOST_CELLS + 1L)
              .toList();
      return cells.size() > MOST_CELLS ? Optional.empty() : Optional.of(new Notebook(cells));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  /** Its text and code, for the index. */
  String plain() {
    return cells.stream()
        .map(cell -> isParsed(cell) ? Markdown.plain(source(cell)) : source(cell))
        .collect(Collectors.joining("\n\n"));
  }

  /** The first heading of its text. */
  Optional<String> heading() {
    return cells.stream()
        .filter(this::isParsed)
        .map(cell -> Markdown.heading(source(cell)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** As HTML. */
  String html() {
    return cells.stream().map(this::html).collect(Collectors.joining("\n"));
  }

  private String html(JsonNode cell) {
    if (isParsed(cell)) {
      return Markdown.html(source(cell));
    }
    var outputs =
        StreamSupport.stream(cell.path("outputs").spliterator(), false)
            .limit(MOST_OUTPUTS)
            .map(Notebook::output)
            .collect(Collectors.joining());
    return "<pre><code>" + escaped(source(cell)) + "</code></pre>\n" + outputs;
  }

  private static String output(JsonNode output) {
    var data = output.path("data");
    var image = png(data.path("image/png"));
    if (image != null) {
      return image;
    }
    var text =
        switch (output.path("output_type").asText()) {
          case "stream" -> joined(output.path("text"));
          case "error" -> joined(output.path("traceback"));
          default -> joined(data.path("text/plain"));
        };
    return text.isBlank() ? "" : "<pre class=\"output\">" + escaped(text) + "</pre>\n";
  }

  private static @Nullable String png(JsonNode node) {
    try {
      var text = joined(node).replaceAll("\\s", "");
      if (text.isEmpty() || text.length() > LARGEST_IMAGE * 4 / 3) {
        return null;
      }
      var image = Base64.getDecoder().decode(text);
      return isPng(image)
          ? "<p><img alt=\"output\" src=\"data:image/png;base64,"
              + Base64.getEncoder().encodeToString(image)
              + "\"></p>\n"
          : null;
    } catch (IllegalArgumentException noImage) {
      return null;
    }
  }

  private static boolean isPng(byte[] image) {
    return image.length > PNG.length
        && java.util.Arrays.equals(image, 0, PNG.length, PNG, 0, PNG.length);
  }

  private boolean isParsed(JsonNode cell) {
    return isQuick && isMarkdown(cell);
  }

  private static boolean isMarkdown(JsonNode cell) {
    return cell.path("cell_type").asText().equals("markdown");
  }

  private static String source(JsonNode cell) {
    return joined(cell.path("source"));
  }

  /** A text, which the format writes as one string or as a list of lines. */
  private static String joined(JsonNode text) {
    return text.isArray()
        ? StreamSupport.stream(text.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining())
        : text.asText();
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(
        CONTROL.matcher(TERMINAL.matcher(text).replaceAll("")).replaceAll("\uFFFD"));
  }
}
