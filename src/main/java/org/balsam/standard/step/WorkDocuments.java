package org.balsam.standard.step;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.VerifiedContent;
import org.springframework.stereotype.Component;

/** Keeps what work writes about itself in its project's provenance bucket. */
@Component
public class WorkDocuments {

  private static final int MAX_BYTES = 64 << 20;

  private final ObjectStore store;
  private final BucketNames buckets;

  WorkDocuments(ObjectStore store, BucketNames buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  /** The project's provenance bucket. */
  public BucketName bucket(ProjectId project) {
    return buckets.of(project, "prov");
  }

  /** Stores a document; storing the same bytes again returns the same reference. */
  public Manifest.Reference store(ProjectId project, String key, byte[] content, String type) {
    var stored =
        store.put(
            bucket(project), key, new ByteArrayInputStream(content), Map.of("content-type", type));
    return reference(stored);
  }

  /**
   * The verified bytes of a document, at most 64 MiB.
   *
   * @throws NotFound when it is not there
   * @throws org.balsam.kernel.Rejection DATA_CHANGED when its bytes are not those of the reference
   */
  public byte[] read(Manifest.Reference reference) {
    var object =
        store
            .find(reference.bucket(), reference.key(), reference.versionId())
            .orElseThrow(() -> new NotFound("there is no object " + reference));
    return new VerifiedContent(
            object.bucket(), object.key(), object.versionId(), object.size(), reference.sha256())
        .read(store, MAX_BYTES);
  }

  /** What an object is referred to by. */
  public static Manifest.Reference reference(StoredObject object) {
    return new Manifest.Reference(
        object.bucket(), object.key(), object.versionId(), object.sha256());
  }
}
