package org.balsam.platform.registry.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.Credentials;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;

/** How Balsam signs in, read from its file at each use. */
final class MlflowCredentials {

  private static final String KEY = "balsam.registry.mlflow.credentials-file";

  private final @Nullable Path file;

  /**
   * Of a file, or none.
   *
   * @throws Invalid when there is a file that cannot be used
   */
  MlflowCredentials(@Nullable Path file) {
    this.file = file;
    try {
      header();
    } catch (ExternalFailure unusable) {
      throw new Invalid(ErrorCode.INVALID_INPUT, KEY, String.valueOf(unusable.getMessage()));
    }
  }

  /** The value of the header {@code Authorization}. */
  Optional<String> header() {
    if (file == null) {
      return Optional.empty();
    }
    try (var content = Files.lines(file)) {
      var lines = content.limit(2).map(String::strip).filter(line -> !line.isEmpty()).toList();
      return switch (lines.size()) {
        case 1 -> Optional.of("Bearer " + lines.get(0));
        case 2 ->
            Optional.of(Credentials.basic(lines.get(0), lines.get(1), StandardCharsets.UTF_8));
        default -> throw unusable("it is empty");
      };
    } catch (IOException | UncheckedIOException trouble) {
      throw unusable("it cannot be read");
    }
  }

  private ExternalFailure unusable(String why) {
    return new ExternalFailure(
        MlflowErrorMapper.SYSTEM,
        false,
        "the file " + file + " named by " + KEY + ": " + why,
        null);
  }
}
