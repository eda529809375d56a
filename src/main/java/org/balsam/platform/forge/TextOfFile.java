package org.balsam.platform.forge;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text of a file: ASCII with whatever else, UTF-16, or UTF-32, as editors and PowerShell write
 * them.
 */
final class TextOfFile {

  /** Git, too, takes a file for binary when there is a zero byte in so many. */
  private static final int BEGINNING = 8000;

  /** Of a hundred bytes in the half of UTF-16 that is zero for letters a-z; fewer in the other. */
  private static final int MANY = 40;

  private static final int FEW = 5;

  /** By the mark that a file begins with; the longer ones first, whose beginning the others are. */
  private record Mark(Charset charset, int... bytes) {
    boolean begins(byte[] content) {
      for (var i = 0; i < bytes.length; i++) {
        if (content.length <= i || (content[i] & 0xff) != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Mark> MARKS =
      List.of(
          new Mark(Charset.forName("UTF-32LE"), 0xff, 0xfe, 0, 0),
          new Mark(Charset.forName("UTF-32BE"), 0, 0, 0xfe, 0xff),
          new Mark(StandardCharsets.UTF_16LE, 0xff, 0xfe),
          new Mark(StandardCharsets.UTF_16BE, 0xfe, 0xff));

  private TextOfFile() {}

  /** Its text; letters beyond ASCII may be others than were meant. Empty for what is no text. */
  static Optional<String> of(byte[] content) {
    return charset(content).map(charset -> new String(content, charset));
  }

  private static Optional<Charset> charset(byte[] content) {
    for (var mark : MARKS) {
      if (mark.begins(content) && zeros(content, 0) + zeros(content, 1) > 0) {
        return Optional.of(mark.charset);
      }
    }
    var even = zeros(content, 0);
    var odd = zeros(content, 1);
    if (even == 0 && odd == 0) {
      return Optional.of(StandardCharsets.ISO_8859_1);
    }
    if (odd >= MANY && even <= FEW) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return even >= MANY && odd <= FEW ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  /** How many of a hundred bytes at even or odd places of the beginning are zero, rounded up. */
  private static int zeros(byte[] content, int first) {
    var zeros = 0;
    var all = 0;
    for (var i = first; i < Math.min(content.length, BEGINNING); i += 2) {
      all++;
      zeros += content[i] == 0 ? 1 : 0;
    }
    return all == 0 ? 0 : (zeros * 100 + all - 1) / all;
  }
}
