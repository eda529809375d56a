package org.balsam.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Splits a stream at line feeds, in constant memory. */
final class LineReader {

  private final String name;
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  LineReader(String name, InputStream in, int longest) {
    this.name = name;
    this.in = in;
    this.longest = longest;
  }

  /** The next line without its line feed, or null at the end. */
  byte @Nullable [] next() throws IOException {
    var line = new ByteArrayOutputStream(1024);
    while (true) {
      if (position == limit && !fill()) {
        if (line.size() == 0) {
          return null;
        }
        throw new Bundle.Malformed("'" + name + "' ends inside a line");
      }
      var start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, start, position - start);
      if (line.size() > longest) {
        throw new Bundle.Malformed("'" + name + "' has a line of more than " + longest + " bytes");
      }
      if (position < limit) {
        position++;
        return line.toByteArray();
      }
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}
