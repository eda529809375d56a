package org.balsam.platform.storage.filesystem;

import static org.balsam.platform.storage.filesystem.FilesystemFailures.mapped;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.DownloadAddress;
import org.balsam.platform.storage.ObjectKeys;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.StorageUse;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.Upload;
import org.balsam.platform.storage.UseCount;
import org.balsam.platform.storage.VerifiedContent;

/**
 * Object storage in a folder. Any number of instances, in any number of processes of one machine,
 * may use the same folder at once.
 *
 * <p>Retention and holds bind whoever goes through this class; somebody with rights on the folder
 * can still change files in it, which {@link VerifiedContent} notices.
 */
public final class FilesystemObjectStore implements ObjectStore {

  private static final int LOCKS = 256;
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path locks;
  private final Path temporaryFolder;
  private final Buckets buckets;
  private final Clock clock;
  private final StorageRoom room;

  /**
   * Opens the storage; makes the folder when it does not exist.
   *
   * @param root the folder, kept for this purpose alone
   * @param clock says when a version was made and whether retention is over
   * @throws org.balsam.kernel.ExternalFailure when the folder cannot be used
   */
  public FilesystemObjectStore(Path root, Clock clock) {
    this(root, clock, StorageRoom.UNLIMITED);
  }

  /** The same, storing only what there is room for. */
  public FilesystemObjectStore(Path root, Clock clock, StorageRoom room) {
    this.clock = clock;
    this.room = room;
    var real =
        mapped("use the storage folder " + root, () -> Files.createDirectories(root).toRealPath());
    locks = real.resolve(".locks");
    temporaryFolder = real.resolve(".tmp");
    buckets = new Buckets(real, temporaryFolder);
    mapped(
        "prepare the storage folder " + root,
        () -> {
          DurableFiles.createFolder(locks);
          DurableFiles.createFolder(temporaryFolder);
          removeAbandoned();
          return null;
        });
  }

  @Override
  public void ensureBucket(BucketName bucket, ProjectId owner) {
    run("make bucket " + bucket, bucket.value(), () -> buckets.ensure(bucket, owner));
  }

  @Override
  public void removeEmptyBucket(BucketName bucket, ProjectId owner) {
    run("remove bucket " + bucket, bucket.value(), () -> buckets.removeEmpty(bucket, owner));
  }

  @Override
  public StoredObject put(
      BucketName bucket, String key, InputStream content, Map<String, String> metadata) {
    return mapped(
        "store " + bucket + "/" + key,
        () -> {
          try (content) {
            ObjectKeys.check(key);
            var checked = ObjectKeys.checkMetadata(metadata);
            buckets.objects(bucket);
            var upload = Upload.receive(content, temporaryFolder);
            try {
              return locked(bucket + "/" + key, () -> add(bucket, key, upload, checked));
            } finally {
              Files.deleteIfExists(upload.file());
            }
          }
        });
  }

  private StoredObject add(
      BucketName bucket, String key, Upload upload, Map<String, String> metadata)
      throws IOException {
    var objects = buckets.objects(bucket);
    var versions = versionsOf(objects, bucket, key);
    var newest = versions.newest();
    if (newest.isPresent()
        && newest.get().hasBytes(upload.size(), upload.sha256())
        && versions.hasBytesOf(newest.get())) {
      return newest.get().stored(bucket, key);
    }
    room.take(bucket, key, upload.size());
    DurableFiles.createFolders(objects, versions.folder());
    versions.removeOrphans();
    var id = versions.nextId();
    versions.addBytes(id, upload.file());
    var version = Version.content(id, upload.size(), upload.sha256(), clock.instant(), metadata);
    versions.write(version, temporaryFolder);
    return version.stored(bucket, key);
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key) {
    ObjectKeys.check(key);
    return mapped("look up " + bucket + "/" + key, () -> newest(bucket, key));
  }

  private Optional<StoredObject> newest(BucketName bucket, String key) throws IOException {
    var objects = buckets.find(bucket);
    return objects.isEmpty()
        ? Optional.empty()
        : versionsOf(objects.get(), bucket, key)
            .newest()
            .filter(version -> !version.deletion())
            .map(version -> version.stored(bucket, key));
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    return mapped(
        "look up " + bucket + "/" + key,
        () ->
            version(bucket, key, versionId)
                .filter(version -> !version.deletion())
                .map(version -> version.stored(bucket, key)));
  }

  @Override
  public InputStream open(BucketName bucket, String key, String versionId) {
    find(bucket, key, versionId).orElseThrow(() -> missing(bucket, key, versionId));
    return mapped(
        "open " + bucket + "/" + key,
        () -> {
          try {
            return versionsOf(buckets.objects(bucket), bucket, key).open(versionId);
          } catch (NoSuchFileException gone) {
            throw missing(bucket, key, versionId);
          }
        });
  }

  @Override
  public Stream<StoredObject> list(BucketName bucket, String prefix) {
    ObjectKeys.checkPrefix(prefix);
    var doing = "list " + bucket + "/" + prefix;
    var keys = mapped(doing, () -> new KeyWalk(buckets.objects(bucket), prefix));
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(keys, Spliterator.ORDERED), false)
        .map(key -> mapped(doing, () -> newest(bucket, key)))
        .flatMap(Optional::stream);
  }

  @Override
  public Stream<StoredObject> versions(BucketName bucket, String key) {
    ObjectKeys.check(key);
    var doing = "list the versions of " + bucket + "/" + key;
    var versions = mapped(doing, () -> versionsOf(buckets.objects(bucket), bucket, key));
    return Stream.iterate(
            mapped(doing, () -> versions.ids(null)),
            page -> !page.isEmpty(),
            page -> mapped(doing, () -> versions.ids(page.get(page.size() - 1))))
        .flatMap(List::stream)
        .map(id -> mapped(doing, () -> versions.read(id)))
        .flatMap(Optional::stream)
        .filter(version -> !version.deletion())
        .map(version -> version.stored(bucket, key));
  }

  @Override
  public StoredObject copy(
      BucketName fromBucket, String fromKey, String versionId, BucketName toBucket, String toKey) {
    ObjectKeys.check(toKey);
    var source =
        find(fromBucket, fromKey, versionId)
            .orElseThrow(() -> missing(fromBucket, fromKey, versionId));
    return put(toBucket, toKey, VerifiedContent.of(source).open(this), source.metadata());
  }

  @Override
  public StoredObject retain(BucketName bucket, String key, String versionId, Instant until) {
    return change(
        bucket,
        key,
        versionId,
        version -> {
          var present = version.retainUntil();
          if (present != null && until.isBefore(present)) {
            throw new Rejection(
                ErrorCode.OBJECT_LOCKED,
                "retention of %s/%s version %s until %s cannot be shortened to %s"
                    .formatted(bucket, key, versionId, present, until));
          }
          return version.retainedUntil(until);
        });
  }

  @Override
  public StoredObject hold(BucketName bucket, String key, String versionId, boolean held) {
    return change(bucket, key, versionId, version -> version.held(held));
  }

  private StoredObject change(
      BucketName bucket, String key, String versionId, UnaryOperator<Version> change) {
    ObjectKeys.check(key);
    return mapped(
        "lock " + bucket + "/" + key,
        () ->
            locked(
                bucket + "/" + key,
                () -> {
                  var versions = versionsOf(buckets.objects(bucket), bucket, key);
                  var before =
                      versions
                          .read(versionId)
                          .filter(version -> !version.deletion())
                          .orElseThrow(() -> missing(bucket, key, versionId));
                  var after = change.apply(before);
                  if (!after.equals(before)) {
                    versions.write(after, temporaryFolder);
                  }
                  return after.stored(bucket, key);
                }));
  }

  @Override
  public boolean tag(BucketName bucket, String key, String versionId, Map<String, String> tags) {
    var checked = ObjectKeys.checkTags(tags);
    change(bucket, key, versionId, version -> version.tagged(checked));
    return true;
  }

  @Override
  public Map<String, String> tags(BucketName bucket, String key, String versionId) {
    return content(bucket, key, versionId).tags();
  }

  private Version content(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    return mapped("look up " + bucket + "/" + key, () -> version(bucket, key, versionId))
        .filter(version -> !version.deletion())
        .orElseThrow(() -> missing(bucket, key, versionId));
  }

  /** Files have no address of their own. */
  @Override
  public Optional<DownloadAddress> download(BucketName bucket, String key, String versionId) {
    content(bucket, key, versionId);
    return Optional.empty();
  }

  @Override
  public StorageUse measure(BucketName bucket, Consumer<StorageUse> progress) {
    return mapped(
        "measure bucket " + bucket,
        () -> {
          var objects = buckets.objects(bucket);
          var counted = new UseCount(progress);
          new KeyWalk(objects, "")
              .forEachRemaining(
                  key ->
                      counted.add(
                          mapped(
                              "measure " + bucket + "/" + key,
                              () -> versionsOf(objects, bucket, key).use())));
          return counted.sum();
        });
  }

  @Override
  public void delete(BucketName bucket, String key) {
    ObjectKeys.check(key);
    run(
        "delete " + bucket + "/" + key,
        bucket + "/" + key,
        () -> {
          var versions = versionsOf(buckets.objects(bucket), bucket, key);
          var newest = versions.newest();
          if (newest.isPresent() && !newest.get().deletion()) {
            versions.write(Version.deletion(versions.nextId(), clock.instant()), temporaryFolder);
          }
        });
  }

  @Override
  public void destroy(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    run(
        "destroy a version of " + bucket + "/" + key,
        bucket + "/" + key,
        () -> {
          var objects = buckets.find(bucket);
          if (objects.isPresent()) {
            destroy(versionsOf(objects.get(), bucket, key), versionId);
          }
        });
  }

  private void destroy(VersionFolder versions, String versionId) throws IOException {
    var version = versions.read(versionId);
    var lock = version.map(v -> v.lockedBy(clock.instant())).orElse("");
    if (!lock.isEmpty()) {
      throw new Rejection(
          ErrorCode.OBJECT_LOCKED,
          "%s/%s version %s cannot be destroyed: it is under %s"
              .formatted(versions.bucket(), versions.key(), versionId, lock));
    }
    if (version.isEmpty() || !version.get().deletion()) {
      versions.destroy(versionId);
    }
  }

  private Optional<Version> version(BucketName bucket, String key, String versionId)
      throws IOException {
    var objects = buckets.find(bucket);
    return objects.isEmpty()
        ? Optional.empty()
        : versionsOf(objects.get(), bucket, key).read(versionId);
  }

  private static VersionFolder versionsOf(Path objects, BucketName bucket, String key) {
    var folder = KeyLayout.folder(objects, key);
    FilesystemFailures.refuseLinks(objects, folder);
    return new VersionFolder(folder, bucket, key);
  }

  private static NotFound missing(BucketName bucket, String key, String versionId) {
    return new NotFound("there is no version %s of %s/%s".formatted(versionId, bucket, key));
  }

  /** Work without a result, under the lock of a name. */
  private void run(String doing, String name, Change change) {
    mapped(
        doing,
        () ->
            locked(
                name,
                () -> {
                  change.run();
                  return null;
                }));
  }

  private <T> T locked(String name, CrossProcessLock.Work<T, IOException> work) throws IOException {
    var file = "%02x".formatted(Math.floorMod(name.hashCode(), LOCKS));
    return CrossProcessLock.holding(locks.resolve(file), work);
  }

  private void removeAbandoned() throws IOException {
    var before = System.currentTimeMillis() - ABANDONED.toMillis();
    try (var files = Files.newDirectoryStream(temporaryFolder)) {
      for (var file : files) {
        if (file.toFile().lastModified() < before) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }
}
