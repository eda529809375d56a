package org.balsam.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.system.SystemProperties;

/** What the embedded server says of itself since its last start, and why it did not start. */
record ServerLog(Path file) {

  private static final Pattern REASON = Pattern.compile("(?:FATAL|PANIC|error|unshare): +(.*)");
  private static final int LONGEST = 300;

  static ServerLog in(Path folder) throws IOException {
    var file = folder.resolve("server.log");
    Files.deleteIfExists(file);
    Files.createFile(file);
    PrivateFolder.restrict(file);
    return new ServerLog(file);
  }

  ProcessBuilder.Redirect redirect() {
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  /** For the person who starts Balsam: why, and what to do. */
  static String explain(Path folder, Exception failure) {
    var said = lines(folder.resolve("server.log"));
    var reason =
        said.stream()
            .map(REASON::matcher)
            .filter(java.util.regex.Matcher::find)
            .map(found -> found.group(1))
            .findFirst()
            .orElse(failure.toString());
    var forbidden = said.stream().anyMatch(line -> line.startsWith("unshare:"));
    return "the embedded PostgreSQL in %s did not start: %s. %s"
        .formatted(
            folder,
            reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason,
            forbidden ? ROOT : said.isEmpty() ? UNUSABLE : DAMAGED.formatted(folder));
  }

  private static final String ROOT =
      "PostgreSQL refuses to run as "
          + SystemProperties.get("user.name")
          + "; Balsam then starts it in a user namespace, which this machine forbids. Run Balsam as"
          + " an ordinary user, or set balsam.database.type=external";
  private static final String UNUSABLE =
      "The folder must be writable by the user who runs Balsam; correct that, or name another one"
          + " with --balsam.home=DIR";
  private static final String DAMAGED =
      "If the folder is damaged, of another user or of another major version of PostgreSQL, put the"
          + " home back from a backup, or name another one with --balsam.home=DIR. All that the"
          + " server said is in %s/server.log";

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
