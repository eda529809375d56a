package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.remote.S3Calls.Listed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buckets and their owners. The owner's name is an object of the bucket, under a key that
 * {@link org.balsam.platform.storage.ObjectKeys} allows nobody; its oldest version says who owns
 * the bucket, so that it is decided once even by a server without conditional writes.
 */
final class RemoteBuckets {

  static final String OWNER = "!balsam/owner";
  private static final String RAW = "-raw";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteBuckets.class);

  private final AtomicBoolean told = new AtomicBoolean();
  private final S3Calls calls;
  private final ServerWork work;
  private final Path spool;
  private final @Nullable String target;

  /**
   * The buckets of a server.
   *
   * @param target what the server tells of new objects in raw buckets; null for nobody
   */
  RemoteBuckets(S3Calls calls, ServerWork work, Path spool, @Nullable String target) {
    this.calls = calls;
    this.work = work;
    this.spool = spool;
    this.target = target;
  }

  void ensure(BucketName bucket, ProjectId owner) {
    var doing = "make bucket " + bucket;
    work.mappedChange(doing, () -> create(bucket));
    if (!work.mapped(doing, () -> calls.isLockable(bucket.value()))) {
      throw new ExternalFailure(
          ServerWork.SYSTEM,
          false,
          "bucket %s exists without object lock, which retention needs; remove it, or make it anew with object lock"
              .formatted(bucket),
          null);
    }
    work.mappedChange(doing, () -> claim(bucket, owner));
    requireOwner(bucket, owner);
    abortUnfinished(bucket);
    if (target != null && bucket.value().endsWith(RAW)) {
      work.mappedChange(doing, () -> calls.tell(bucket.value(), target));
    }
  }

  /** Not all servers have such a rule; space is all that it saves. */
  private void abortUnfinished(BucketName bucket) {
    var doing = "set the life-cycle rule of bucket " + bucket;
    try {
      work.change(doing, () -> calls.abortUnfinished(bucket.value()));
    } catch (S3Refusal refusal) {
      // MinIO calls the rule malformed
      if (!refusal.isUnknownThere() && refusal.status() != 400) {
        throw work.failure(doing, refusal);
      }
      if (!told.getAndSet(true)) {
        LOG.warn(
            "the storage server has no rule that removes unfinished uploads; see that it does so by itself: {}",
            refusal.getMessage());
      }
    }
  }

  private void create(BucketName bucket) throws IOException {
    if (calls.hasBucket(bucket.value())) {
      return;
    }
    try {
      calls.createBucket(bucket.value());
    } catch (S3Refusal refusal) {
      if (refusal.is("BucketAlreadyExists")) {
        throw new Rejection(
            ErrorCode.ALREADY_EXISTS, "bucket " + bucket + " belongs to another account");
      }
      if (!refusal.is("BucketAlreadyOwnedByYou")) {
        throw refusal;
      }
    }
  }

  private void claim(BucketName bucket, ProjectId owner) throws IOException {
    if (owner(bucket).isPresent()) {
      return;
    }
    var file = Files.createTempFile(spool, "owner", "");
    try {
      Files.writeString(file, owner.value());
      calls.write(bucket.value(), OWNER, file, Map.of(), null);
    } catch (S3Refusal refusal) {
      if (!refusal.isConflict()) {
        throw refusal;
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void requireOwner(BucketName bucket, ProjectId project) {
    var owner = work.mapped("read the owner of bucket " + bucket, () -> owner(bucket));
    if (owner.isPresent() && !owner.get().equals(project.value())) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "bucket " + bucket + " belongs to another project than " + project);
    }
  }

  private Optional<String> owner(BucketName bucket) throws IOException {
    var markers = calls.list(bucket.value(), OWNER, null, 1000).entries();
    var first = markers.stream().filter(marker -> !marker.deletion()).reduce((newer, old) -> old);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    try (var content = calls.read(bucket.value(), OWNER, first.get().versionId(), 0)) {
      return Optional.of(new String(content.readNBytes(1000), StandardCharsets.UTF_8));
    }
  }

  void removeEmpty(BucketName bucket, ProjectId owner) {
    var doing = "remove bucket " + bucket;
    if (!work.mapped(doing, () -> calls.hasBucket(bucket.value()))) {
      return;
    }
    requireOwner(bucket, owner);
    var present = work.mapped(doing, () -> calls.list(bucket.value(), "", null, 1000)).entries();
    if (!present.stream().allMatch(entry -> entry.key().equals(OWNER))) {
      throw holdsObjects(bucket);
    }
    work.mappedChange(doing, () -> remove(bucket, present));
  }

  private void remove(BucketName bucket, List<Listed> markers) throws IOException {
    for (var marker : markers) {
      calls.delete(bucket.value(), OWNER, marker.versionId());
    }
    try {
      calls.removeBucket(bucket.value());
    } catch (S3Refusal refusal) {
      if (refusal.is("BucketNotEmpty")) {
        throw holdsObjects(bucket);
      }
      if (!refusal.is("NoSuchBucket")) {
        throw refusal;
      }
    }
  }

  /**
   * @throws NotFound when the bucket does not exist
   */
  void require(BucketName bucket) {
    if (!work.mapped("look up bucket " + bucket, () -> calls.hasBucket(bucket.value()))) {
      throw new NotFound("there is no bucket " + bucket);
    }
  }

  private static Rejection holdsObjects(BucketName bucket) {
    return new Rejection(
        ErrorCode.WRONG_STATE,
        "bucket " + bucket + " holds objects; only a bucket that holds none can be removed");
  }
}
