package org.balsam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name is there. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern TEST_METHOD =
      Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`");

  @Test
  void everyLinkedFileExists() throws IOException {
    assertThat(pages())
        .isNotEmpty()
        .allSatisfy(
            page ->
                assertThat(find(LINK, page))
                    .allSatisfy(
                        link ->
                            assertThat(page.resolveSibling(link.group(1)).normalize()).exists()));
  }

  @Test
  void everyNamedTestExists() throws IOException {
    var tests = tests();
    assertThat(pages().stream().flatMap(page -> find(TEST_METHOD, page).stream()))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            named ->
                assertThat(tests.getOrDefault(named.group(1), ""))
                    .as(named.group())
                    .contains("void " + named.group(2) + "("));
  }

  private static List<Path> pages() throws IOException {
    try (var files = Stream.concat(Stream.of(Path.of("README.md")), Files.walk(Path.of("docs")))) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static Map<String, String> tests() throws IOException {
    try (var files =
        Stream.concat(
            Files.walk(Path.of("src", "test", "java", "org")),
            Files.walk(Path.of("src", "browser", "java", "org")))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  PagesTest::text,
                  String::concat));
    }
  }

  private static List<MatchResult> find(Pattern pattern, Path page) {
    return pattern.matcher(text(page)).results().toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
