package org.balsam.platform.library;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** How much a server may still send, and until when; for one fetch, by one thread. */
final class Allowance extends EmptyProgressMonitor {

  private final long end;
  private long rest;

  Allowance(long bytes, Duration time) {
    this.rest = bytes;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** The server sent more than it may. */
  static final class UsedUp extends IOException {
    private static final long serialVersionUID = 1L;

    UsedUp() {
      super("the server sends more than is allowed");
    }
  }

  @Override
  public boolean isCancelled() {
    return System.nanoTime() > end;
  }

  /** A stream that ends with an exception when this is used up. */
  InputStream limit(InputStream from) {
    return new FilterInputStream(from) {
      @Override
      public int read() throws IOException {
        var octet = super.read();
        use(octet < 0 ? 0 : 1);
        return octet;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        var count = super.read(into, offset, length);
        use(Math.max(count, 0));
        return count;
      }

      @Override
      public long skip(long count) throws IOException {
        var skipped = super.skip(count);
        use(skipped);
        return skipped;
      }
    };
  }

  private void use(long count) throws IOException {
    rest -= count;
    if (rest < 0) {
      throw new UsedUp();
    }
    if (isCancelled()) {
      throw new InterruptedIOException("the time limit is over");
    }
  }
}
