package org.balsam.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;

/**
 * One version of an object together with what its bytes are known to be, so that nobody uses other
 * bytes unnoticed.
 *
 * @param size bytes
 * @param sha256 checksum on record, from a manifest or a {@link StoredObject}
 */
public record VerifiedContent(
    BucketName bucket, String key, String versionId, long size, Sha256 sha256) {

  /** What the storage recorded when the object was written. */
  public static VerifiedContent of(StoredObject object) {
    return new VerifiedContent(
        object.bucket(), object.key(), object.versionId(), object.size(), object.sha256());
  }

  /**
   * The bytes. The stream fails with the {@link Rejection} DATA_CHANGED instead of reporting its
   * end when they differ from what is on record; a reader that stops before the end has verified
   * nothing.
   *
   * @throws Rejection DATA_CHANGED when the version is gone
   */
  public InputStream open(ObjectStore store) {
    try {
      return new Verifying(store.open(bucket, key, versionId));
    } catch (NotFound gone) {
      throw changed("nothing");
    }
  }

  /**
   * All bytes, verified.
   *
   * @param limit the most bytes to hold in memory
   * @throws Rejection DATA_CHANGED when they are not those on record, LIMIT_EXCEEDED when there are
   *     more than {@code limit}
   */
  public byte[] read(ObjectStore store, int limit) {
    if (size > limit) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          name() + " has " + size + " bytes; allowed here: at most " + limit);
    }
    try (var content = open(store)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /**
   * Writes the verified bytes to {@code target}, which appears whole or not at all and replaces
   * what was there. Its folder must exist.
   *
   * @throws Rejection DATA_CHANGED when they are not those on record
   */
  public void copyTo(ObjectStore store, Path target) {
    try (var content = open(store)) {
      var folder = target.toAbsolutePath().getParent();
      var temporary = Files.createTempFile(folder, ".part", "");
      try {
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          content.transferTo(Channels.newOutputStream(channel));
          channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw failed("copy", e);
    }
  }

  /**
   * Reads everything and throws it away.
   *
   * @throws Rejection DATA_CHANGED when the bytes are not those on record
   */
  public void verify(ObjectStore store) {
    try (var content = open(store)) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  private String name() {
    return bucket + "/" + key + " version " + versionId;
  }

  private ExternalFailure failed(String verb, IOException e) {
    return new ExternalFailure(
        "object storage", true, "could not " + verb + " " + name() + ": " + e.getMessage(), e);
  }

  private Rejection changed(String found) {
    return new Rejection(
        ErrorCode.DATA_CHANGED,
        name()
            + " is not what was recorded: expected "
            + size
            + " bytes with sha256 "
            + sha256
            + ", found "
            + found
            + ". The bytes in storage were changed; restore them or freeze new data");
  }

  private final class Verifying extends DigestInputStream {
    private long count;
    private boolean verified;

    Verifying(InputStream content) {
      super(content, Sha256.digest());
    }

    @Override
    public int read() throws IOException {
      var value = super.read();
      met(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var read = super.read(buffer, offset, length);
      met(read);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      return readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void met(int read) {
      if (read > 0) {
        count += read;
        if (count > size) {
          throw changed("more than " + size + " bytes");
        }
      } else if (read < 0) {
        finish();
      }
    }

    private void finish() {
      if (verified) {
        return;
      }
      var found = Sha256.ofDigest(getMessageDigest().digest());
      if (count != size || !found.equals(sha256)) {
        throw changed(count + " bytes with sha256 " + found);
      }
      verified = true;
    }
  }
}
