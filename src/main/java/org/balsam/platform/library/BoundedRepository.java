package org.balsam.platform.library;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.balsam.platform.forge.git.IsolatedGit;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that takes packs of limited objects only. JGit believes what a pack says of the
 * number and size of its objects, and makes room in memory for it before they are there.
 */
final class BoundedRepository extends FileRepository {

  static final int MOST_OBJECTS = 200_000;
  static final long LARGEST_OBJECT = 32L << 20;
  private static final int HEADER = 12;

  /** A pack announces more objects than are taken. */
  static final class TooManyObjects extends IOException {
    private static final long serialVersionUID = 1L;

    TooManyObjects(long count) {
      super("a pack of " + count + " objects; allowed: " + MOST_OBJECTS);
    }
  }

  private BoundedRepository(File folder) throws IOException {
    super(folder);
  }

  /** Makes an empty one; the caller closes it. */
  static BoundedRepository create(File folder) throws IOException {
    IsolatedGit.create(folder).close();
    return new BoundedRepository(folder);
  }

  @Override
  public ObjectInserter newObjectInserter() {
    var inserter = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return inserter;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        var parser = inserter.newPackParser(checked(in));
        parser.setMaxObjectSizeLimit(LARGEST_OBJECT);
        return parser;
      }
    };
  }

  private static InputStream checked(InputStream in) throws IOException {
    var header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new EOFException("the server sent no pack");
    }
    var count = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(8));
    if (count > MOST_OBJECTS) {
      throw new TooManyObjects(count);
    }
    return new SequenceInputStream(new ByteArrayInputStream(header), in);
  }
}
