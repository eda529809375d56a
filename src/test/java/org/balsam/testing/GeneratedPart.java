package org.balsam.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page of docs/ that a test writes: all between the lines {@code <!-- generated: name
 * -->} and {@code <!-- end -->}.
 */
public final class GeneratedPart {

  private final Path committed;
  private final Path generated;
  private final String name;

  private GeneratedPart(String page, String name) {
    this.committed = Path.of("docs", page);
    this.generated = Path.of("target", "docs", page);
    this.name = name;
  }

  /** The part of that name of a page. */
  public static GeneratedPart of(String page, String name) {
    return new GeneratedPart(page, name);
  }

  /** Writes the page with the right part below {@code target/} and fails if it is another one. */
  public void mustBe(String content) {
    try {
      var page = Files.readString(committed);
      var begin = "<!-- generated: " + name + " -->\n";
      var from = page.indexOf(begin);
      assertThat(from).as("%s has a line %s", committed, begin.strip()).isNotNegative();
      var to = page.indexOf("<!-- end -->", from);
      Files.createDirectories(generated.getParent());
      Files.writeString(
          generated,
          page.substring(0, from + begin.length()) + content + "\n" + page.substring(to));
      assertThat(page)
          .as("it changed: read %1$s, then copy it: cp %1$s %2$s", generated, committed)
          .isEqualTo(Files.readString(generated));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
