package org.balsam.platform.storage;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;

/**
 * Versioned object storage. Every write makes a new, immutable version; nothing is ever changed in
 * place.
 *
 * <p>All calls block and may be made from any thread. Trouble of the storage itself is an {@link
 * org.balsam.kernel.ExternalFailure}; "not found" is an empty {@link Optional} where the signature
 * says so and {@link org.balsam.kernel.NotFound} elsewhere. Keys are relative paths of the
 * characters {@code A-Z a-z 0-9 . _ - = /} without empty, {@code .} or {@code ..} segments, at most
 * 512 characters; any other key is {@link org.balsam.kernel.Invalid} before storage is touched.
 */
public interface ObjectStore {

  /**
   * Makes sure that the bucket exists, is versioned, and belongs to {@code owner}. Idempotent.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when another project owns the bucket
   */
  void ensureBucket(BucketName bucket, ProjectId owner);

  /**
   * Removes the bucket if {@code owner} owns it and it never held an object; does nothing when it
   * does not exist.
   *
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it holds objects
   */
  void removeEmptyBucket(BucketName bucket, ProjectId owner);

  /**
   * Stores {@code content} as the newest version of {@code key}. When the newest version already
   * has the same bytes, that version is returned and nothing is written, so repeating a put is
   * safe. The version appears whole or not at all. Closes {@code content}.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS on a storage server when the key is a folder
   *     of another key or the other way round; LIMIT_EXCEEDED when a quota is used up
   */
  StoredObject put(
      BucketName bucket, String key, InputStream content, Map<String, String> metadata);

  /** The newest version, unless the key does not exist or its newest version is a deletion. */
  Optional<StoredObject> find(BucketName bucket, String key);

  /** One version. */
  Optional<StoredObject> find(BucketName bucket, String key, String versionId);

  /**
   * The bytes of one version; the caller closes the stream.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   */
  InputStream open(BucketName bucket, String key, String versionId);

  /**
   * The newest version of every key under {@code prefix}, ordered by key, deletions left out. Read
   * lazily in bounded memory; the caller closes the stream.
   */
  Stream<StoredObject> list(BucketName bucket, String prefix);

  /**
   * Every version of {@code key}, newest first, deletions left out. Read lazily in bounded memory;
   * the caller closes the stream.
   */
  Stream<StoredObject> versions(BucketName bucket, String key);

  /**
   * What all versions of all keys of a bucket take, whoever wrote them; counted one by one in
   * bounded memory, in a thousand requests for a million versions on a server.
   *
   * @param progress is told what was counted so far, after each 10,000 versions
   */
  StorageUse measure(BucketName bucket, Consumer<StorageUse> progress);

  /**
   * Copies one version to another place as put does; metadata goes along. Idempotent.
   *
   * @throws org.balsam.kernel.NotFound when the source is not there
   */
  StoredObject copy(
      BucketName fromBucket, String fromKey, String versionId, BucketName toBucket, String toKey);

  /**
   * Forbids deletion of this version until {@code until} (compliance mode: nobody can shorten it).
   * A later {@code until} extends, an earlier one is a {@link org.balsam.kernel.Rejection}
   * OBJECT_LOCKED.
   */
  StoredObject retain(BucketName bucket, String key, String versionId, Instant until);

  /**
   * Replaces the tags of one version, by which people and rules of the storage find it. Tags are no
   * part of the version: they may be changed, and nothing in Balsam depends on them.
   *
   * @param tags at most 10; keys of 1 to 128, values of up to 256 characters {@code A-Z a-z 0-9 + -
   *     = . _ : / @} and space
   * @return false, and nothing else, where the storage does not offer tags
   * @throws org.balsam.kernel.NotFound when there is no such version
   */
  boolean tag(BucketName bucket, String key, String versionId, Map<String, String> tags);

  /**
   * The tags of one version; none where the storage does not offer them.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   */
  Map<String, String> tags(BucketName bucket, String key, String versionId);

  /**
   * An address for the next minutes at which this version, and nothing else, can be fetched past
   * Balsam; empty where the storage has none that people reach. Whoever gets it must be allowed to
   * read the version.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   */
  Optional<DownloadAddress> download(BucketName bucket, String key, String versionId);

  /** Sets or lifts a legal hold, which forbids deletion whatever the retention. */
  StoredObject hold(BucketName bucket, String key, String versionId, boolean held);

  /**
   * Hides the key: its newest version becomes a deletion, older versions stay readable. Idempotent.
   */
  void delete(BucketName bucket, String key);

  /**
   * Destroys one version's bytes. Does nothing when it does not exist.
   *
   * @throws org.balsam.kernel.Rejection OBJECT_LOCKED under retention or hold
   */
  void destroy(BucketName bucket, String key, String versionId);
}
