package org.balsam.platform.storage;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;

/**
 * Object storage whose every change is recorded. A change that is repeated is recorded again: the
 * first time may have ended before its record was committed.
 */
final class AuditedObjectStore implements ObjectStore {

  private final ObjectStore store;
  private final AuditTrail trail;

  AuditedObjectStore(ObjectStore store, AuditTrail trail) {
    this.store = store;
    this.trail = trail;
  }

  @Override
  public void ensureBucket(BucketName bucket, ProjectId owner) {
    AuditedEffect.run(
        trail,
        AuditEntry.done("bucket.created", owner.value(), null).with("bucket", bucket.value()),
        () -> store.ensureBucket(bucket, owner));
  }

  @Override
  public void removeEmptyBucket(BucketName bucket, ProjectId owner) {
    AuditedEffect.run(
        trail,
        AuditEntry.done("bucket.removed", owner.value(), null).with("bucket", bucket.value()),
        () -> store.removeEmptyBucket(bucket, owner));
  }

  @Override
  public StoredObject put(
      BucketName bucket, String key, InputStream content, Map<String, String> metadata) {
    return AuditedEffect.of(
        trail,
        entry("object.stored", bucket, key),
        () -> store.put(bucket, key, content, metadata),
        AuditedObjectStore::withVersion);
  }

  @Override
  public StoredObject copy(
      BucketName fromBucket, String fromKey, String versionId, BucketName toBucket, String toKey) {
    return AuditedEffect.of(
        trail,
        entry("object.copied", toBucket, toKey)
            .with("fromBucket", fromBucket.value())
            .with("fromKey", fromKey)
            .with("fromVersion", versionId),
        () -> store.copy(fromBucket, fromKey, versionId, toBucket, toKey),
        AuditedObjectStore::withVersion);
  }

  @Override
  public StoredObject retain(BucketName bucket, String key, String versionId, Instant until) {
    return AuditedEffect.of(
        trail,
        entry("object.retained", bucket, key)
            .with("version", versionId)
            .with("until", until.toString()),
        () -> store.retain(bucket, key, versionId, until));
  }

  @Override
  public StoredObject hold(BucketName bucket, String key, String versionId, boolean held) {
    return AuditedEffect.of(
        trail,
        entry("object.held", bucket, key).with("version", versionId).with("held", held),
        () -> store.hold(bucket, key, versionId, held));
  }

  @Override
  public boolean tag(BucketName bucket, String key, String versionId, Map<String, String> tags) {
    return AuditedEffect.of(
        trail,
        entry("object.tagged", bucket, key)
            .with("version", versionId)
            .with("tags", new TreeMap<>(tags).toString()),
        () -> store.tag(bucket, key, versionId, tags),
        (entry, kept) -> entry.with("kept", kept));
  }

  /** The record names what the address is for, and not the address: it is a secret. */
  @Override
  public Optional<DownloadAddress> download(BucketName bucket, String key, String versionId) {
    return AuditedEffect.of(
        trail,
        entry("object.download-issued", bucket, key).with("version", versionId),
        () -> store.download(bucket, key, versionId),
        (entry, issued) ->
            issued
                .map(address -> entry.with("until", address.until().toString()))
                .orElseGet(() -> entry.with("issued", false)));
  }

  @Override
  public void delete(BucketName bucket, String key) {
    AuditedEffect.run(trail, entry("object.deleted", bucket, key), () -> store.delete(bucket, key));
  }

  @Override
  public void destroy(BucketName bucket, String key, String versionId) {
    AuditedEffect.run(
        trail,
        entry("object.destroyed", bucket, key).with("version", versionId),
        () -> store.destroy(bucket, key, versionId));
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key) {
    return store.find(bucket, key);
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key, String versionId) {
    return store.find(bucket, key, versionId);
  }

  @Override
  public InputStream open(BucketName bucket, String key, String versionId) {
    return store.open(bucket, key, versionId);
  }

  @Override
  public Stream<StoredObject> list(BucketName bucket, String prefix) {
    return store.list(bucket, prefix);
  }

  @Override
  public Stream<StoredObject> versions(BucketName bucket, String key) {
    return store.versions(bucket, key);
  }

  @Override
  public StorageUse measure(BucketName bucket, Consumer<StorageUse> progress) {
    return store.measure(bucket, progress);
  }

  @Override
  public Map<String, String> tags(BucketName bucket, String key, String versionId) {
    return store.tags(bucket, key, versionId);
  }

  private static AuditEntry entry(String action, BucketName bucket, String key) {
    return AuditEntry.done(action, bucket.project().value(), null)
        .with("bucket", bucket.value())
        .with("key", key);
  }

  private static AuditEntry withVersion(AuditEntry entry, StoredObject stored) {
    return entry
        .with("version", stored.versionId())
        .with("size", stored.size())
        .with("sha256", stored.sha256().value());
  }
}
