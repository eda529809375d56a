package org.balsam.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import org.balsam.kernel.Sha256;

/**
 * Bytes that were received and forced to disk, but belong to no version yet.
 *
 * @param size bytes
 */
public record Upload(Path file, long size, Sha256 sha256) {

  /** Reads everything into a temporary file; leaves none behind when that fails. */
  public static Upload receive(InputStream content, Path temporaryFolder) throws IOException {
    var file = Files.createTempFile(temporaryFolder, "upload", "");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var sink = Channels.newOutputStream(channel)) {
      var digested = new DigestInputStream(content, Sha256.digest());
      var size = digested.transferTo(sink);
      channel.force(true);
      return new Upload(file, size, Sha256.ofDigest(digested.getMessageDigest().digest()));
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
