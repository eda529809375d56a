package org.balsam.standard.promotion;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Refuses to read more than a number of bytes. */
final class BoundedStream extends FilterInputStream {

  private final String name;
  private final long limit;
  private long read;

  BoundedStream(InputStream bytes, String name, long limit) {
    super(bytes);
    this.name = name;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    var next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var count = super.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) {
    read += bytes;
    if (read > limit) {
      throw new Invalid(
          ErrorCode.TOO_LARGE, name, "is larger than " + limit + " bytes; write fewer rows");
    }
  }
}
