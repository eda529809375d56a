package org.balsam.standard.step;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip file whose bytes depend on its content only: fixed order, fixed times. */
public final class EvidenceArchive implements AutoCloseable {

  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  /** Begins the archive. */
  public EvidenceArchive(Path target) throws IOException {
    this.zip = new ZipOutputStream(Files.newOutputStream(target));
  }

  /** Writes what an entry holds. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; closing the stream does no harm. */
    void writeTo(OutputStream target) throws IOException;
  }

  /** Adds a file. */
  public void add(String name, byte[] content) throws IOException {
    add(name, target -> target.write(content));
  }

  /** Adds a file that is written piece by piece. */
  public void add(String name, Content content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    content.writeTo(unclosed(zip));
    zip.closeEntry();
  }

  private static OutputStream unclosed(OutputStream target) {
    return new FilterOutputStream(target) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
