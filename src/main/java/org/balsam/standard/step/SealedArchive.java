package org.balsam.standard.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.TemporaryFolder;
import org.springframework.stereotype.Component;

/** Keeps archives of evidence in the project's provenance bucket, where nobody can delete them. */
@Component
public class SealedArchive {

  private final ObjectStore store;
  private final WorkDocuments documents;
  private final TemporaryFolder temporary;

  SealedArchive(ObjectStore store, WorkDocuments documents, TemporaryFolder temporary) {
    this.store = store;
    this.documents = documents;
    this.temporary = temporary;
  }

  /** Writes an archive into an empty file. */
  @FunctionalInterface
  public interface Content {
    /** Does it. */
    void write(Path target) throws IOException;
  }

  /**
   * Seals it, once; an archive that an attempt before a crash has stored is taken as it is.
   *
   * @param until when it may be deleted at the earliest
   * @throws ExternalFailure worth a retry, when it cannot be packed or stored
   */
  public StoredObject seal(ProjectId project, String key, Instant until, Content content) {
    var bucket = documents.bucket(project);
    var stored = store.find(bucket, key).orElseGet(() -> pack(project, key, content));
    if (stored.retainUntil() == null || stored.retainUntil().isBefore(until)) {
      store.retain(bucket, key, stored.versionId(), until);
    }
    return stored;
  }

  private StoredObject pack(ProjectId project, String key, Content content) {
    try {
      var file = temporary.file("evidence", ".zip");
      try {
        content.write(file);
        try (var packed = Files.newInputStream(file)) {
          var type = Map.of("content-type", "application/zip");
          return store.put(documents.bucket(project), key, packed, type);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "temporary folder", true, "the evidence cannot be packed: " + trouble, trouble);
    }
  }
}
