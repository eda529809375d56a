package org.balsam.usecase.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemPreviewTest {

  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private static String page(String path, String content) {
    return ItemPreview.of(path, "A title", content.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void markdownIsShown() {
    assertThat(page("a.md", "---\ntitle: x\n---\n# Åldrar\n\n| a | b |\n|---|---|\n| 1 | *2* |\n"))
        .contains("<h1>Åldrar</h1>", "<td>1</td>", "<em>2</em>")
        .doesNotContain("title: x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onmouseover=alert(1)>b</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x]\n\n[x]: javascript:alert(1)",
        "![x](https://tracker.example/p.png)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "```\"><script>alert(1)</script>\nx\n```",
        "<style>*{background:url(https://tracker.example)}</style>",
        "<!-- --!><script>alert(1)</script>-->",
        "<iframe src=https://x.example></iframe>"
      })
  void nothingInMarkdownRunsOrIsFetched(String hostile) {
    for (var path : new String[] {"a.md", "a.txt"}) {
      assertHarmless(page(path, hostile));
    }
    assertHarmless(page("a.ipynb", notebook(Map.of("cell_type", "markdown", "source", hostile))));
    assertHarmless(page("a.ipynb", notebook(Map.of("cell_type", "code", "source", hostile))));
  }

  private static void assertHarmless(String page) {
    var body = page.substring(page.indexOf("<body>")).toLowerCase(java.util.Locale.ROOT);
    assertThat(body)
        .doesNotContainPattern("<(script|style|iframe|svg|b |object|embed|link|meta|form)")
        .doesNotContainPattern("<img(?! alt=\"output\" src=\"data:image/png;base64,)")
        .doesNotContainPattern("<[^>]*\\son[a-z]+=")
        .doesNotContainPattern("href=\"(?!https?:|mailto:)");
  }

  @Test
  void linksLeadToPagesAndTellNobodyWhoCame() {
    assertThat(page("a.md", "[x](https://scb.se) [y](other.md)"))
        .contains("href=\"https://scb.se\"", "rel=\"nofollow noopener noreferrer\"")
        .doesNotContain("other.md\"");
  }

  @Test
  void ofOutputsOnlyTextAndBitmapsAreShown() {
    var outputs =
        new Object[] {
          Map.of(
              "output_type",
              "display_data",
              "data",
              Map.of("text/html", "<script>alert(1)</script>", "text/plain", "<b>plain</b>")),
          Map.of(
              "output_type",
              "display_data",
              "data",
              Map.of("image/svg+xml", "<svg onload=alert(1)>", "image/png", PNG)),
          Map.of("output_type", "display_data", "data", Map.of("image/png", "\"><script>")),
          Map.of("output_type", "display_data", "data", Map.of("image/png", "R0lGODlhAQABAAAA")),
          Map.of("output_type", "stream", "text", new String[] {"\u001b[31mred\u001b[0m", "\n<i>"}),
          Map.of(
              "output_type", "display_data", "data", Map.of("application/javascript", "alert(1)"))
        };
    var page =
        page(
            "a.ipynb",
            notebook(Map.of("cell_type", "code", "source", "1 < 2", "outputs", outputs)));
    assertThat(page)
        .contains("1 &lt; 2", "&lt;b&gt;plain", "src=\"data:image/png;base64," + PNG, "red\n&lt;i")
        .doesNotContain("alert", "svg", "R0lGOD", "\u001b");
    assertHarmless(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"nbformat\":3,\"worksheets\":[]}",
        "{\"nbformat\":4,\"cells\":7}",
        "{\"nbformat\":4,\"cells\":[",
        "not json"
      })
  void whatIsNoNotebookHasNoPreview(String content) {
    assertThat(ItemPreview.of("a.ipynb", "t", content.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void aNotebookOfOtherTypesThanExpectedIsShownAsFarAsItGoes() {
    assertThatCode(
            () ->
                page(
                    "a.ipynb",
                    "{\"nbformat\":4,\"cells\":[7,null,{\"cell_type\":[],\"source\":{\"a\":1}},"
                        + "{\"cell_type\":\"code\",\"source\":[1,null,[]],\"outputs\":{\"x\":7}}]}"))
        .doesNotThrowAnyException();
    var deep = "{\"nbformat\":4,\"cells\":" + "[".repeat(100_000);
    assertThat(ItemPreview.of("a.ipynb", "t", deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "![", "*a ", "> ", "- ", "`", "_", "<", "](", "a**b_c ", "|a", "&", "1. ", "[a](",
        "\n[", "\\", "~~", "<!--", "<?", "[^", "|\n", "[x](<", "<a ", "[ \n", "[a]: <b"
      })
  void endlessNestingEndsWithinSeconds(String part) {
    var hostile = part.repeat(300_000 / part.length());
    var before = System.nanoTime();
    assertThat(page("a.md", hostile)).contains("<body>");
    assertThat(
            ItemText.of("a.md", hostile.getBytes(StandardCharsets.UTF_8), ItemLanguage.EN).words())
        .hasSizeLessThanOrEqualTo(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void manyCellsThatAreSlowTogetherEndWithinSeconds() throws Exception {
    var cell = Map.of("cell_type", "markdown", "source", "<".repeat(5_000));
    var notebook =
        new ObjectMapper()
            .writeValueAsString(Map.of("nbformat", 4, "cells", Collections.nCopies(100, cell)));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(page("a.ipynb", notebook)).contains("<pre><code>&lt;&lt;"));
  }

  @Test
  void aLongArticleIsStillMarkdown() {
    var article =
        ("| a | b | c | d | e |\n|---|---|---|---|---|\n"
                + "| 1 | 2 | `x` | [d](https://a.example) | 5 |\n".repeat(200)
                + "\n# Part\n\n"
                + "Text with a [link](https://a.example). ".repeat(20)
                + "\n\n")
            .repeat(6);
    assertThat(page("a.md", article)).contains("<h1>Part</h1>", "<td>2</td>");
  }

  @Test
  void whatIsNoTextHasNoPreview() {
    assertThat(ItemPreview.of("a.md", "t", new byte[] {(byte) 0xff, 0, 1})).isEmpty();
    assertThat(ItemPreview.of("a.md", "t", new byte[(2 << 20) + 1])).isEmpty();
  }

  private static String notebook(Map<String, ?> cell) {
    try {
      return new ObjectMapper()
          .writeValueAsString(Map.of("nbformat", 4, "cells", new Object[] {cell}));
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
