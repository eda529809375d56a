package org.balsam.usecase.round;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.VerifiedContent;
import org.springframework.stereotype.Component;

/** Keeps what a round writes about itself in the project's provenance bucket. */
@Component
class RoundDocuments {

  private static final int MAX_BYTES = 64 << 20;

  private final ObjectStore store;
  private final BucketNames buckets;

  RoundDocuments(ObjectStore store, BucketNames buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  BucketName bucket(RoundId round) {
    return buckets.of(round.project(), "prov");
  }

  /** Where a document of the round lives. */
  static String key(RoundId round, String name) {
    return round.period() + "/r" + round.revision() + "/" + name;
  }

  /** Where a document of one run lives. */
  static String runKey(RoundId round, long run, String name) {
    return key(round, "runs/%03d/%s".formatted(run, name));
  }

  Manifest.Reference store(RoundId round, String key, byte[] content, String type) {
    var stored =
        store.put(
            bucket(round), key, new ByteArrayInputStream(content), Map.of("content-type", type));
    return reference(stored);
  }

  /** The verified bytes of a document. */
  byte[] read(Manifest.Reference reference) {
    var object =
        store
            .find(reference.bucket(), reference.key(), reference.versionId())
            .orElseThrow(() -> new NotFound("there is no object " + reference));
    return new VerifiedContent(
            object.bucket(), object.key(), object.versionId(), object.size(), reference.sha256())
        .read(store, MAX_BYTES);
  }

  static Manifest.Reference reference(StoredObject object) {
    return new Manifest.Reference(
        object.bucket(), object.key(), object.versionId(), object.sha256());
  }
}
