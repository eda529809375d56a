package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one version. When the connection breaks, reading goes on where it broke, a bounded
 * number of times without a byte in between; a version never changes, so nothing is mixed.
 */
final class ResumingStream extends InputStream {

  private static final int ATTEMPTS = 4;

  private final Source source;
  private final long size;
  private InputStream current;
  private long position;

  /** Opens the bytes from an offset on, or fails after attempts of its own. */
  @FunctionalInterface
  interface Source {
    InputStream from(long offset) throws IOException;
  }

  /**
   * A stream from the beginning.
   *
   * @param size bytes that the version has
   */
  ResumingStream(Source source, long size) throws IOException {
    this.source = source;
    this.size = size;
    this.current = source.from(0);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    for (var attempt = 1; ; attempt++) {
      try {
        var count = current.read(buffer, offset, length);
        if (count >= 0 || position >= size) {
          position += Math.max(count, 0);
          return count;
        }
        throw new IOException("the answer ended after " + position + " of " + size + " bytes");
      } catch (IOException broken) {
        if (attempt == ATTEMPTS || position >= size) {
          throw broken;
        }
        closeQuietly();
        current = source.from(position);
      }
    }
  }

  @Override
  public void close() throws IOException {
    current.close();
  }

  private void closeQuietly() {
    try {
      current.close();
    } catch (IOException alreadyBroken) {
      // the connection is given up either way
      current = InputStream.nullInputStream();
    }
  }
}
