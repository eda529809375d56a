package org.balsam.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.format.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Copies of checkpoints outside the database: {@code latest}, and the last one of each day. They
 * are what notices a database that was rewritten or restored from an old backup.
 */
final class CheckpointFiles {

  private final Path folder;
  private final VerifierKey key;
  private @Nullable Checkpoint latest;

  CheckpointFiles(Path folder, VerifierKey key) {
    this.folder = folder;
    this.key = key;
    this.latest = read(folder.resolve("latest"));
  }

  Path folder() {
    return folder;
  }

  synchronized @Nullable Checkpoint latest() {
    return latest;
  }

  /** Keeps a checkpoint unless a later one is kept already. */
  synchronized void keep(Checkpoint checkpoint, String note) {
    if (latest != null && latest.size() >= checkpoint.size()) {
      return;
    }
    try {
      PrivateFile.ensureFolder(folder);
      PrivateFile.write(folder.resolve(LocalDate.now(ZoneOffset.UTC).toString()), note);
      PrivateFile.write(folder.resolve("latest"), note);
      latest = checkpoint;
    } catch (IOException failure) {
      throw new UncheckedIOException("checkpoints cannot be kept in " + folder, failure);
    }
  }

  private @Nullable Checkpoint read(Path file) {
    try {
      return Files.exists(file) ? Checkpoint.open(Files.readString(file), key) : null;
    } catch (IOException | IllegalArgumentException failure) {
      throw new IllegalStateException(
          "the kept checkpoint "
              + file
              + " cannot be used: "
              + failure.getMessage()
              + ". If the audit key was replaced on purpose, move the folder away",
          failure);
    }
  }
}
