package org.balsam.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.regex.Pattern;
import org.balsam.api.console.ConsoleSources.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console keeps to its policy: its own files only, no markup from texts, no inline script. */
class ConsoleSourcesTest {

  private static final Pattern ELSEWHERE = Pattern.compile("(?:https?:)?//[a-z0-9-]+\\.[a-z]");
  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
              + "|setAttribute\\('(?:on|style)");
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]*\\bsrc=)|<style|\\s(?:on[a-z]+|style)=|javascript:");
  private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*\\(?\\s*'([^']+)'");

  static Iterable<Source> files() {
    return ConsoleSources.all();
  }

  static Iterable<Source> modules() {
    return ConsoleSources.modules();
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingComesFromElsewhere(Source file) {
    assertThat(file.text()).as(file.name()).doesNotContainPattern(ELSEWHERE);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noTextBecomesMarkup(Source file) {
    assertThat(file.text()).as(file.name()).doesNotContainPattern(MARKUP);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void whatIsImportedIsThere(Source file) {
    var folder = ConsoleSources.FOLDER.resolve(file.name()).getParent();
    for (var imported : ConsoleSources.groups(IMPORT, file.text())) {
      assertThat(imported).as(file.name()).startsWith(".");
      assertThat(folder.resolve(imported)).as(file.name()).exists();
    }
  }

  @Test
  void thePageHasNoInlineScriptAndNoStyle() {
    var page = ConsoleSources.read(ConsoleSources.PAGE);
    assertThat(page).doesNotContainPattern(INLINE).doesNotContainPattern(ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>x</script>",
        "<p onclick=\"x\">",
        "<p style=\"x\">",
        "<a href=\"javascript:x\">"
      })
  void inlineScriptIsFound(String markup) {
    assertThat(INLINE.matcher(markup).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fetch('https://cdn.example.org/x.js')", "@import url(//fonts.example.com)"})
  void addressesElsewhereAreFound(String text) {
    assertThat(ELSEWHERE.matcher(text).find()).isTrue();
  }

  @Test
  void everyModuleIsLoaded() throws Exception {
    try (var files = Files.walk(ConsoleSources.FOLDER)) {
      var scripts = files.filter(file -> file.toString().endsWith(".js")).toList();
      for (var script : scripts) {
        var name = script.getFileName().toString();
        var isUsed =
            ConsoleSources.modules().stream().anyMatch(file -> file.text().contains("/" + name))
                || ConsoleSources.read(ConsoleSources.PAGE).contains("/" + name);
        assertThat(isUsed).as(name).isTrue();
      }
    }
  }
}
