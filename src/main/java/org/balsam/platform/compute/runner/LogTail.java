package org.balsam.platform.compute.runner;

import java.nio.charset.StandardCharsets;

/** The end of a log. */
public final class LogTail {

  private LogTail() {}

  /** At most {@code maxBytes} bytes, starting at a whole character. */
  public static String of(byte[] log, int maxBytes) {
    var start = Math.max(0, log.length - Math.max(0, maxBytes));
    while (start > 0 && start < log.length && (log[start] & 0xC0) == 0x80) {
      start++;
    }
    return new String(log, start, log.length - start, StandardCharsets.UTF_8);
  }
}
