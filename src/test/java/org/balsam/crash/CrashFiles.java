package org.balsam.crash;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How test and server tell each other where to stop and what is reached. */
record CrashFiles(Path folder) {

  /** In the test: from now on these are armed, and nothing is reached. */
  void arm(Collection<Kill> kills) {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve("reached"));
      var text = kills.stream().map(Kill::toString).collect(Collectors.joining("\n"));
      var file = Files.writeString(folder.resolve("armed.new"), text);
      Files.move(file, folder.resolve("armed"), ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** In the test: what is reached, each with the process instance. */
  Map<Kill, String> reached() {
    var reached = new LinkedHashMap<Kill, String>();
    for (var line : lines("reached")) {
      reached.put(Kill.parse(line), line.substring(line.lastIndexOf('|') + 1));
    }
    return reached;
  }

  /** In the server: the armed point that this is. */
  @Nullable Kill armedAt(String element, @Nullable String subject) {
    return lines("armed").stream()
        .map(Kill::parse)
        .filter(kill -> kill.element().equals(element))
        .filter(kill -> subject != null && subject.startsWith(kill.subject()))
        .findFirst()
        .orElse(null);
  }

  /** In the server: one more is reached. */
  void reached(Kill kill, String instance) {
    try {
      Files.writeString(folder.resolve("reached"), kill + "|" + instance + "\n", CREATE, APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<String> lines(String file) {
    try {
      var path = folder.resolve(file);
      return Files.exists(path)
          ? Files.readAllLines(path).stream().filter(line -> line.contains("|")).toList()
          : List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
