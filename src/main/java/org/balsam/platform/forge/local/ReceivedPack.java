package org.balsam.platform.forge.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;

/**
 * Receives a push. What Git itself refuses was told to who pushes, and is one line of the log:
 * JGit's servlet writes the trace of everything but a {@link CorruptObjectException}.
 */
final class ReceivedPack extends ReceivePack {

  ReceivedPack(Repository repository) {
    super(repository);
  }

  @Override
  public void receive(InputStream input, OutputStream output, @Nullable OutputStream messages)
      throws IOException {
    try {
      super.receive(input, output, messages);
    } catch (UnpackException unpacking) {
      throw isRefusal(unpacking.getCause())
          ? new CorruptObjectException(unpacking.getCause().getMessage())
          : unpacking;
    }
  }

  /** JGit has types of its own, neither of input nor of a fault, for what it refuses. */
  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof CorruptObjectException
        || cause instanceof TooLargePackException
        || cause instanceof Exception
            && !(cause instanceof IOException)
            && !(cause instanceof RuntimeException);
  }
}
