package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.storage.ObjectStore;

/** Places pinned objects in a folder and proves that they are the pinned ones. */
public final class InputFetch {

  private final ObjectStore store;

  public InputFetch(ObjectStore store) {
    this.store = store;
  }

  /**
   * Writes the object read-only to its path under {@code folder}.
   *
   * @throws IOException when the folder cannot be written
   * @throws ChangedInput when the object is gone or has other bytes than declared
   * @throws ExternalFailure when the storage does not answer
   */
  public void fetch(Input input, Path folder) throws IOException, ChangedInput {
    var target = folder.resolve(input.path());
    Files.createDirectories(target.getParent());
    var digest = Sha256.digest();
    long size;
    try (var content = store.open(input.bucket(), input.key(), input.versionId())) {
      size = copy(content, target, digest, input.size());
    } catch (ExternalFailure outage) {
      throw outage;
    } catch (BalsamException trouble) {
      throw new ChangedInput(name(input) + ": " + trouble.getMessage());
    }
    var found = Sha256.ofDigest(digest.digest());
    if (size != input.size()) {
      var more = size > input.size() ? "more than that" : size + " bytes";
      throw new ChangedInput(name(input) + ": expected " + input.size() + " bytes, found " + more);
    }
    if (!found.equals(input.sha256())) {
      throw new ChangedInput(
          name(input) + ": expected sha256 " + input.sha256() + ", found " + found);
    }
    if (!target.toFile().setReadOnly()) {
      throw new IOException("cannot make " + target + " read-only");
    }
  }

  private static long copy(InputStream content, Path target, MessageDigest digest, long expected)
      throws IOException {
    var buffer = new byte[1 << 16];
    long size = 0;
    try (var out = Files.newOutputStream(target)) {
      for (int n = content.read(buffer); n >= 0 && size <= expected; n = content.read(buffer)) {
        out.write(buffer, 0, n);
        digest.update(buffer, 0, n);
        size += n;
      }
    }
    return size;
  }

  private static String name(Input input) {
    return "input "
        + input.path()
        + " (object "
        + input.bucket()
        + "/"
        + input.key()
        + ", version "
        + input.versionId()
        + ")";
  }

  /** An input is not what was declared. */
  public static final class ChangedInput extends Exception {
    ChangedInput(String message) {
      super(message);
    }
  }
}
