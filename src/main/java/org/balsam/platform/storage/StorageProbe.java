package org.balsam.platform.storage;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;

/**
 * Writes an object into a bucket of its own, reads it, holds it, finds that what is held cannot be
 * destroyed, and destroys it. The bucket stays. It is not audited: it touches nothing of a project.
 */
final class StorageProbe implements Probe {

  private static final ProjectId OWNER = new ProjectId("balsam-probe");
  private static final String KEY = "probe";
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private final ObjectStore store;
  private final BucketName bucket;
  private final String target;
  private final Clock clock;

  /**
   * A probe.
   *
   * @param store not audited
   * @param target for people
   */
  StorageProbe(ObjectStore store, BucketNames names, String target, Clock clock) {
    this.store = store;
    this.bucket = names.of(OWNER, "work");
    this.target = target;
    this.clock = clock;
  }

  @Override
  public String port() {
    return "storage";
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public void check() {
    store.ensureBucket(bucket, OWNER);
    removeWhatAKilledProcessLeft();
    var content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    var object = store.put(bucket, KEY, new ByteArrayInputStream(content), Map.of());
    try {
      VerifiedContent.of(object).verify(store);
      store.hold(bucket, KEY, object.versionId(), true);
      requireThatItIsHeld(object);
    } finally {
      remove(object);
    }
  }

  private void requireThatItIsHeld(StoredObject object) {
    try {
      store.destroy(bucket, KEY, object.versionId());
    } catch (Rejection held) {
      return;
    }
    throw new ExternalFailure(
        "object storage",
        false,
        "%s destroyed %s/%s version %s although it was under a legal hold; use a server that enforces object lock"
            .formatted(target, bucket, KEY, object.versionId()),
        null);
  }

  private void removeWhatAKilledProcessLeft() {
    var before = clock.instant().minus(LEFT_BEHIND);
    try (var versions = store.versions(bucket, KEY)) {
      versions.filter(version -> version.lastModified().isBefore(before)).forEach(this::remove);
    }
  }

  private void remove(StoredObject object) {
    if (store.find(bucket, KEY, object.versionId()).isPresent()) {
      store.hold(bucket, KEY, object.versionId(), false);
      store.destroy(bucket, KEY, object.versionId());
    }
  }
}
