package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.DownloadAddress;
import org.balsam.platform.storage.ObjectKeys;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.StorageRoom;
import org.balsam.platform.storage.StorageUse;
import org.balsam.platform.storage.StoredObject;
import org.balsam.platform.storage.Upload;
import org.balsam.platform.storage.UseCount;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.platform.storage.remote.S3Calls.Described;
import org.balsam.platform.storage.remote.S3Calls.Listed;
import org.jspecify.annotations.Nullable;

/**
 * Object storage on a server that speaks S3. Any number of processes may use the same server at
 * once: each write names the version that it follows, and is tried anew when there is another one.
 *
 * <p>Buckets are versioned and have object lock; retention and holds bind everybody. Objects that
 * somebody wrote by other means are objects too; as their checksum is not on record, their bytes
 * are read whenever they are looked up.
 */
public class RemoteObjectStore implements ObjectStore {

  private static final int WRITES = 100;
  private static final int TURNS = 256;
  private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59Z");
  private static final Pattern VERSION_ID = Pattern.compile("[A-Za-z0-9._~+/=-]{1,1024}");

  private final S3Calls calls;
  private final Path spool;
  private final ServerWork work;
  private final RemoteBuckets buckets;
  private final ObjectUpload uploads;
  private final KeyClash clash;
  private final ServerTags tags;
  private final StorageRoom room;
  private final Server server;
  private final ReentrantLock[] turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);

  /**
   * The storage on a server, which is not called yet.
   *
   * @param spool a folder for what is being written; made when it does not exist
   * @param target what the server tells of new objects in raw buckets; null for nobody
   * @param room what may be stored
   */
  protected RemoteObjectStore(
      S3Calls calls, Server server, Path spool, @Nullable String target, StorageRoom room) {
    this.calls = calls;
    this.server = server;
    this.room = room;
    this.spool = spool;
    work = new ServerWork(server.endpoint().toString(), server.patience());
    buckets = new RemoteBuckets(calls, work, spool, target);
    uploads = new ObjectUpload(calls, work, server.partSize().toBytes());
    clash = new KeyClash(calls, work);
    tags = new ServerTags(calls, work);
    try {
      Files.createDirectories(spool);
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "temporary folder", true, "cannot make " + spool + ": " + trouble, trouble);
    }
  }

  @Override
  public void ensureBucket(BucketName bucket, ProjectId owner) {
    buckets.ensure(bucket, owner);
  }

  @Override
  public void removeEmptyBucket(BucketName bucket, ProjectId owner) {
    buckets.removeEmpty(bucket, owner);
  }

  @Override
  public StoredObject put(
      BucketName bucket, String key, InputStream content, Map<String, String> metadata) {
    try (content) {
      ObjectKeys.check(key);
      KeyClash.refuseLongSegment(key);
      var checked = ObjectKeys.checkMetadata(metadata);
      var upload = Upload.receive(content, spool);
      try {
        return inTurn(bucket, key, upload, ServerMetadata.encode(checked, upload.sha256()));
      } finally {
        Files.deleteIfExists(upload.file());
      }
    } catch (IOException trouble) {
      throw new ExternalFailure(
          ServerWork.SYSTEM,
          true,
          "could not receive %s/%s: %s; check disk space and rights of %s"
              .formatted(bucket, key, trouble.getMessage(), spool),
          trouble);
    }
  }

  /** Writers of one key in this process wait for each other instead of racing on the server. */
  private StoredObject inTurn(
      BucketName bucket, String key, Upload upload, Map<String, String> metadata) {
    var turn = turns[Math.floorMod((bucket + "/" + key).hashCode(), TURNS)];
    turn.lock();
    try {
      return add(bucket, key, upload, metadata);
    } finally {
      turn.unlock();
    }
  }

  private StoredObject add(
      BucketName bucket, String key, Upload upload, Map<String, String> metadata) {
    var doing = "store " + bucket + "/" + key;
    var hasRoom = false;
    for (var attempt = 1; ; attempt++) {
      var newest = describe(doing, bucket, key, null);
      if (newest.isPresent() && hasBytes(newest.get(), upload)) {
        return stored(bucket, key, newest.get());
      }
      if (newest.isEmpty()) {
        clash.refuse(bucket, key);
      }
      if (!hasRoom) {
        room.take(bucket, key, upload.size());
        hasRoom = true;
      }
      try {
        var etag = newest.map(Described::etag).orElse(null);
        var id = uploads.send(bucket.value(), key, upload, metadata, etag);
        return find(bucket, key, id).orElseThrow(() -> missing(bucket, key, id));
      } catch (S3Refusal refusal) {
        if (!refusal.isConflict() || attempt == WRITES) {
          throw work.failure(doing, refusal);
        }
        work.pause(doing, 1);
      }
    }
  }

  private static boolean hasBytes(Described newest, Upload upload) {
    return newest.size() == upload.size()
        && ServerMetadata.sha256(newest.metadata()).filter(upload.sha256()::equals).isPresent();
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key) {
    ObjectKeys.check(key);
    return describe("look up " + bucket + "/" + key, bucket, key, null)
        .map(found -> stored(bucket, key, found));
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    return version(bucket, key, versionId).map(found -> stored(bucket, key, found));
  }

  private Optional<Described> version(BucketName bucket, String key, String versionId) {
    return VERSION_ID.matcher(versionId).matches()
        ? describe("look up " + bucket + "/" + key, bucket, key, versionId)
        : Optional.empty();
  }

  private Optional<Described> describe(
      String doing, BucketName bucket, String key, @Nullable String id) {
    return work.mapped(doing, () -> calls.describe(bucket.value(), key, id));
  }

  private Described require(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    return version(bucket, key, versionId).orElseThrow(() -> missing(bucket, key, versionId));
  }

  @Override
  public InputStream open(BucketName bucket, String key, String versionId) {
    return open(bucket, key, require(bucket, key, versionId));
  }

  private InputStream open(BucketName bucket, String key, Described found) {
    var doing = "read " + bucket + "/" + key;
    ResumingStream.Source source =
        offset ->
            found.size() == offset
                ? InputStream.nullInputStream()
                : work.mapped(
                    doing, () -> calls.read(bucket.value(), key, found.versionId(), offset));
    return work.mapped(doing, () -> new ResumingStream(source, found.size()));
  }

  @Override
  public Stream<StoredObject> list(BucketName bucket, String prefix) {
    ObjectKeys.checkPrefix(prefix);
    return entries(bucket, prefix, entry -> entry.latest() && ObjectKeys.isAllowed(entry.key()));
  }

  @Override
  public Stream<StoredObject> versions(BucketName bucket, String key) {
    ObjectKeys.check(key);
    return entries(bucket, key, entry -> entry.key().equals(key));
  }

  private Stream<StoredObject> entries(BucketName bucket, String prefix, Predicate<Listed> wanted) {
    Predicate<Listed> content = entry -> !entry.deletion();
    var listing = new RemoteListing(work, calls, bucket.value(), prefix, content.and(wanted));
    var objects = new DescribedAhead(listing, entry -> described(bucket, entry));
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(objects, Spliterator.ORDERED), false);
  }

  private Optional<StoredObject> described(BucketName bucket, Listed entry) {
    var doing = "look up " + bucket + "/" + entry.key();
    return describe(doing, bucket, entry.key(), entry.versionId())
        .map(found -> stored(bucket, entry.key(), found));
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
    var present = require(bucket, key, versionId).retainUntil();
    // servers keep whole seconds at best; a moment longer is never too short
    var moment = ceiling(until);
    if (present != null && moment.isBefore(present)) {
      throw new Rejection(
          ErrorCode.OBJECT_LOCKED,
          "retention of %s/%s version %s until %s cannot be shortened to %s"
              .formatted(bucket, key, versionId, present, until));
    }
    if (!moment.equals(present)) {
      work.mappedChange(
          "retain " + bucket + "/" + key,
          () -> calls.retain(bucket.value(), key, versionId, moment));
    }
    return stored(bucket, key, require(bucket, key, versionId));
  }

  private static Instant ceiling(Instant moment) {
    if (moment.isAfter(LAST_MOMENT)) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "until", moment + " is after " + LAST_MOMENT);
    }
    var second = moment.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(moment) ? second : second.plusSeconds(1);
  }

  @Override
  public StoredObject hold(BucketName bucket, String key, String versionId, boolean held) {
    if (require(bucket, key, versionId).held() != held) {
      work.mappedChange(
          "hold " + bucket + "/" + key, () -> calls.hold(bucket.value(), key, versionId, held));
    }
    return stored(bucket, key, require(bucket, key, versionId));
  }

  @Override
  public boolean tag(BucketName bucket, String key, String versionId, Map<String, String> tags) {
    var checked = ObjectKeys.checkTags(tags);
    require(bucket, key, versionId);
    return this.tags.set(bucket, key, versionId, checked);
  }

  @Override
  public Map<String, String> tags(BucketName bucket, String key, String versionId) {
    require(bucket, key, versionId);
    return tags.of(bucket, key, versionId);
  }

  @Override
  public Optional<DownloadAddress> download(BucketName bucket, String key, String versionId) {
    require(bucket, key, versionId);
    if (server.downloadEndpoint() == null) {
      return Optional.empty();
    }
    var life = server.downloadLife();
    var until = Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS);
    var file = key.substring(key.lastIndexOf('/') + 1);
    var address =
        work.mapped(
            "make an address for " + bucket + "/" + key,
            () -> calls.sign(bucket.value(), key, versionId, file, life));
    return Optional.of(new DownloadAddress(address, until));
  }

  @Override
  public StorageUse measure(BucketName bucket, Consumer<StorageUse> progress) {
    var counted = new UseCount(progress);
    new RemoteListing(
            work,
            calls,
            bucket.value(),
            "",
            entry -> !entry.deletion() && !entry.key().equals(RemoteBuckets.OWNER))
        .forEachRemaining(entry -> counted.add(new StorageUse(1, entry.size())));
    return counted.sum();
  }

  @Override
  public void delete(BucketName bucket, String key) {
    ObjectKeys.check(key);
    var doing = "delete " + bucket + "/" + key;
    if (describe(doing, bucket, key, null).isPresent()) {
      work.mappedChange(doing, () -> calls.delete(bucket.value(), key, null));
    } else {
      buckets.require(bucket);
    }
  }

  @Override
  public void destroy(BucketName bucket, String key, String versionId) {
    ObjectKeys.check(key);
    var found = version(bucket, key, versionId);
    if (found.isEmpty()) {
      return;
    }
    var doing = "destroy a version of " + bucket + "/" + key;
    try {
      work.change(doing, () -> calls.delete(bucket.value(), key, versionId));
    } catch (S3Refusal refusal) {
      throw version(bucket, key, versionId)
          .filter(now -> now.held() || now.retainUntil() != null)
          .<RuntimeException>map(now -> locked(bucket, key, now))
          .orElseGet(() -> work.failure(doing, refusal));
    }
  }

  private static Rejection locked(BucketName bucket, String key, Described found) {
    return new Rejection(
        ErrorCode.OBJECT_LOCKED,
        "%s/%s version %s cannot be destroyed: it is under %s"
            .formatted(
                bucket,
                key,
                found.versionId(),
                found.held() ? "a legal hold" : "retention until " + found.retainUntil()));
  }

  private StoredObject stored(BucketName bucket, String key, Described found) {
    return new StoredObject(
        bucket,
        key,
        found.versionId(),
        found.size(),
        ServerMetadata.sha256(found.metadata()).orElseGet(() -> digest(bucket, key, found)),
        found.lastModified(),
        ServerMetadata.decode(found.metadata()),
        found.retainUntil(),
        found.held());
  }

  private Sha256 digest(BucketName bucket, String key, Described found) {
    try (var content = new DigestInputStream(open(bucket, key, found), Sha256.digest())) {
      content.transferTo(OutputStream.nullOutputStream());
      return Sha256.ofDigest(content.getMessageDigest().digest());
    } catch (IOException trouble) {
      throw work.unreachable("read " + bucket + "/" + key, trouble);
    }
  }

  private static NotFound missing(BucketName bucket, String key, String versionId) {
    return new NotFound("there is no version %s of %s/%s".formatted(versionId, bucket, key));
  }
}
