package org.balsam.platform.storage;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Probe;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.remote.S3Refusal;

/**
 * Writes an object into a bucket of its own, reads it, holds it, finds that what is held cannot be
 * destroyed, and destroys it. The bucket stays. It is not audited: it touches nothing of a project.
 */
final class StorageProbe implements Probe {

  private static final ProjectId OWNER = new ProjectId("balsam-probe");
  private static final String KEY = "probe";
  private static final String MAKE_BUCKETS =
      "s3:CreateBucket, s3:GetBucketObjectLockConfiguration, s3:PutBucketObjectLockConfiguration,"
          + " s3:GetBucketVersioning, s3:PutBucketVersioning, s3:GetObject, s3:GetObjectVersion,"
          + " s3:PutObject";
  private static final String LIST = "s3:ListBucket, s3:ListBucketVersions";
  private static final String WRITE = "s3:PutObject, s3:GetObject, s3:AbortMultipartUpload";
  private static final String READ = "s3:GetObject, s3:GetObjectVersion, s3:ListBucket";
  private static final String HOLD = "s3:GetObjectLegalHold, s3:PutObjectLegalHold";
  private static final String TAG =
      "s3:GetObjectTagging, s3:GetObjectVersionTagging, s3:PutObjectTagging,"
          + " s3:PutObjectVersionTagging";
  private static final String REMOVE = "s3:GetObjectRetention, s3:DeleteObjectVersion";
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
    needs(MAKE_BUCKETS, () -> store.ensureBucket(bucket, OWNER));
    needs(LIST + ", " + REMOVE, this::removeWhatAKilledProcessLeft);
    var content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    var written = new AtomicReference<StoredObject>();
    needs(
        WRITE,
        () -> written.set(store.put(bucket, KEY, new ByteArrayInputStream(content), Map.of())));
    var object = written.get();
    try {
      needs(READ, () -> VerifiedContent.of(object).verify(store));
      needs(TAG, () -> store.tag(bucket, KEY, object.versionId(), Map.of("probe", "balsam")));
      needs(TAG, () -> store.tags(bucket, KEY, object.versionId()));
      needs(HOLD, () -> store.hold(bucket, KEY, object.versionId(), true));
      needs(REMOVE, () -> requireThatItIsHeld(object));
    } catch (BalsamException missing) {
      removeQuietly(object, missing);
      throw missing;
    }
    needs(HOLD + ", " + REMOVE, () -> remove(object));
  }

  /** One request; that nothing is there yet is an answer too. */
  @Override
  public void glance() {
    try {
      needs(READ, () -> store.find(bucket, KEY));
    } catch (NotFound nothingYet) {
      check();
    }
  }

  /** What is asked of the server, with the rights that it takes there. */
  private void needs(String rights, Runnable work) {
    try {
      work.run();
    } catch (ExternalFailure refused) {
      if (!(refused.getCause() instanceof S3Refusal answer) || !answer.isDenied()) {
        throw refused;
      }
      throw new ExternalFailure(
          refused.system(),
          false,
          "the access key needs %s on %s, or its secret is wrong; %s"
              .formatted(rights, bucket, refused.getMessage()),
          refused);
    }
  }

  /** What is wrong was found already; this is only tidying up. */
  private void removeQuietly(StoredObject object, BalsamException missing) {
    try {
      remove(object);
    } catch (BalsamException same) {
      missing.addSuppressed(same);
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
    try {
      store.destroy(bucket, KEY, object.versionId());
    } catch (Rejection held) {
      store.hold(bucket, KEY, object.versionId(), false);
      store.destroy(bucket, KEY, object.versionId());
    }
  }
}
