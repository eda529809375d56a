package org.balsam.platform.forge.gitlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.forge.git.GitFailures;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is set, or the first line of a file, which is read each time it is needed.
 *
 * @param key the setting that names the file
 */
record SecretLine(String key, @Nullable Path file, @Nullable String value)
    implements Supplier<String> {

  @Override
  public String get() {
    var secret = file == null ? String.valueOf(value).strip() : firstLine(file);
    if (secret.isEmpty()) {
      throw unusable("is empty");
    }
    return secret;
  }

  private String firstLine(Path path) {
    try (var lines = Files.lines(path)) {
      return lines.findFirst().orElse("").strip();
    } catch (IOException | java.io.UncheckedIOException trouble) {
      throw unusable("cannot be read");
    }
  }

  private ExternalFailure unusable(String why) {
    return new ExternalFailure(
        GitFailures.SYSTEM,
        false,
        "the secret of %s %s; its first line has to be the secret"
            .formatted(file == null ? key : key + " (" + file + ")", why),
        null);
  }

  @Override
  public String toString() {
    return "SecretLine[" + key + "]";
  }
}
