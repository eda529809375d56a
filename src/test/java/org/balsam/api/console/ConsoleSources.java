package org.balsam.api.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of the console as they are written. */
final class ConsoleSources {

  static final Path FOLDER = Path.of("src/main/resources/static/console");
  static final Path PAGE = Path.of("src/main/resources/org/balsam/api/console/console.html");

  private ConsoleSources() {}

  record Source(String name, String text) {}

  static List<Source> modules() {
    return all().stream().filter(file -> file.name().endsWith(".js")).toList();
  }

  static List<Source> all() {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> new Source(FOLDER.relativize(file).toString(), read(file)))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What the first group of the pattern finds in all modules. */
  static TreeSet<String> matches(Pattern pattern) {
    var found = new TreeSet<String>();
    modules().forEach(file -> found.addAll(groups(pattern, file.text())));
    return found;
  }

  static TreeSet<String> groups(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }
}
