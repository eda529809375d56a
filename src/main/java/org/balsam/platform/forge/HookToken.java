package org.balsam.platform.forge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.platform.forge.git.GitFailures;

/**
 * The token by which a forge shows that an event is its own: the first line of a file, which is
 * read each time. While a token is exchanged, the second line is the one before, which still
 * counts.
 *
 * @param key the setting that names the file
 */
record HookToken(String key, Path file) {

  private static final int SHORTEST = 32;

  /**
   * Reads the file.
   *
   * @throws Invalid when it cannot be read, or does not begin with a token of at least 32
   *     characters
   */
  void check() {
    try {
      lines();
    } catch (IOException unusable) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, key, "the file '" + file + "' " + unusable.getMessage());
    }
  }

  /**
   * The token to be told to the forge; not to be shown.
   *
   * @throws ExternalFailure when the file is not what it was at the start
   */
  String current() {
    return tokens().get(0);
  }

  /**
   * Whether somebody sent the token; takes as long for a token that is nearly right.
   *
   * @throws ExternalFailure when the file is not what it was at the start
   */
  boolean accepts(String sent) {
    var accepted = false;
    for (var token : tokens()) {
      accepted |=
          MessageDigest.isEqual(
              token.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
    return accepted;
  }

  /** Strangers see what it says, so it names the setting only. */
  private List<String> tokens() {
    try {
      return lines();
    } catch (IOException unusable) {
      throw new ExternalFailure(
          GitFailures.SYSTEM, true, "the file of " + key + " " + unusable.getMessage(), unusable);
    }
  }

  private List<String> lines() throws IOException {
    List<String> tokens;
    try (var lines = Files.lines(file)) {
      tokens = lines.limit(2).map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException | UncheckedIOException trouble) {
      throw new IOException("cannot be read", trouble);
    }
    if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.length() < SHORTEST)) {
      throw new IOException("does not begin with a token of at least " + SHORTEST + " characters");
    }
    return tokens;
  }
}
