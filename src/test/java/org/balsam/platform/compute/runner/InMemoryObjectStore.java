package org.balsam.platform.compute.runner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.DownloadAddress;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageUse;
import org.balsam.platform.storage.StoredObject;

/** The part of an object store that the runner needs. */
final class InMemoryObjectStore implements ObjectStore {

  private record Held(StoredObject object, byte[] bytes) {}

  private final List<Held> held = new ArrayList<>();
  int writes;

  /** Changes bytes behind the store's back. */
  void damage(String key) {
    held.stream().filter(h -> h.object.key().equals(key)).forEach(h -> h.bytes[0] ^= 1);
  }

  String text(String key) {
    return new String(bytes(key));
  }

  byte[] bytes(String key) {
    return held.stream()
        .filter(h -> h.object.key().equals(key))
        .reduce((a, b) -> b)
        .orElseThrow()
        .bytes;
  }

  @Override
  public StoredObject put(
      BucketName bucket, String key, InputStream content, Map<String, String> metadata) {
    try (content) {
      var bytes = content.readAllBytes();
      var found = find(bucket, key).filter(o -> o.sha256().equals(Sha256.of(bytes)));
      if (found.isPresent()) {
        return found.get();
      }
      writes++;
      var object =
          new StoredObject(
              bucket,
              key,
              "v" + writes,
              bytes.length,
              Sha256.of(bytes),
              Instant.EPOCH,
              metadata,
              null,
              false);
      held.add(new Held(object, bytes));
      return object;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key) {
    return held.stream()
        .map(Held::object)
        .filter(o -> o.bucket().equals(bucket) && o.key().equals(key))
        .reduce((a, b) -> b);
  }

  @Override
  public InputStream open(BucketName bucket, String key, String versionId) {
    return held.stream()
        .filter(h -> h.object.key().equals(key) && h.object.versionId().equals(versionId))
        .map(h -> (InputStream) new ByteArrayInputStream(h.bytes))
        .findFirst()
        .orElseThrow(() -> new NotFound("no object " + key));
  }

  @Override
  public Optional<StoredObject> find(BucketName bucket, String key, String versionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void ensureBucket(BucketName bucket, ProjectId owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeEmptyBucket(BucketName bucket, ProjectId owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Stream<StoredObject> list(BucketName bucket, String prefix) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Stream<StoredObject> versions(BucketName bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoredObject copy(
      BucketName fromBucket, String fromKey, String versionId, BucketName toBucket, String toKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoredObject retain(BucketName bucket, String key, String versionId, Instant until) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoredObject hold(BucketName bucket, String key, String versionId, boolean held) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean tag(BucketName bucket, String key, String versionId, Map<String, String> tags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, String> tags(BucketName bucket, String key, String versionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<DownloadAddress> download(BucketName bucket, String key, String versionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StorageUse measure(BucketName bucket, Consumer<StorageUse> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(BucketName bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void destroy(BucketName bucket, String key, String versionId) {
    throw new UnsupportedOperationException();
  }
}
