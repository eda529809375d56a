package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The log of a job. */
public final class StepLog {

  private final Path file;

  StepLog(Path file) {
    this.file = file;
  }

  /** Adds a line of the runner's own. */
  void line(String text) throws IOException {
    Files.writeString(
        file, "[balsam] " + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * The end of a log as text: at most {@code maxBytes} bytes, starting at a whole character; empty
   * when there is no log.
   */
  public static String tail(Path file, int maxBytes) throws IOException {
    if (!Files.isRegularFile(file) || maxBytes <= 0) {
      return "";
    }
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[(int) Math.min(log.length(), maxBytes)];
      log.seek(log.length() - bytes.length);
      log.readFully(bytes);
      var start = 0;
      while (bytes.length == maxBytes
          && start < Math.min(3, bytes.length)
          && (bytes[start] & 0xC0) == 0x80) {
        start++;
      }
      return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }
  }
}
