package org.balsam.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.balsam.audit.format.SigningKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the log's signing key, two lines: the private and the public half. */
final class KeyFile {

  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  private KeyFile() {}

  /** Reads the key, after making one if there is none. */
  static SigningKey ensure(Path file, @Nullable String origin) {
    try {
      if (!Files.exists(file)) {
        var name =
            origin == null
                ? "balsam.local/" + UUID.randomUUID().toString().substring(0, 8)
                : origin;
        PrivateFile.ensureFolder(file.toAbsolutePath().getParent());
        PrivateFile.write(file, SigningKey.generate(name).secret());
        LOG.info("made the audit key {}; keep a copy of its second line elsewhere", file);
      }
      return SigningKey.parse(Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException("the audit key " + file + " cannot be used", failure);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalStateException(
          "the audit key "
              + file
              + " is malformed: "
              + malformed.getMessage()
              + ". Restore it from a backup; a new key begins a new log",
          malformed);
    }
  }
}
