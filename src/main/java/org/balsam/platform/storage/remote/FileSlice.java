package org.balsam.platform.storage.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Part of a file.
 *
 * @param offset bytes before it
 * @param length bytes
 */
public record FileSlice(Path file, long offset, long length) {

  /** The bytes of the part; the caller closes them. */
  public InputStream open() throws IOException {
    var channel = FileChannel.open(file);
    return new Bounded(Channels.newInputStream(channel.position(offset)), length);
  }

  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream content, long length) {
      super(content);
      left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      var count = super.read(buffer, offset, (int) Math.min(left, length));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
      return readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
