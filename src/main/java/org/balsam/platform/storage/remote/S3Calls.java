package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the S3 protocol that the storage needs, each one request and as one library makes
 * it. They block, may be made from any thread and are not repeated here. An {@link IOException} is
 * trouble of the network, an {@link S3Refusal} the server's answer.
 */
public interface S3Calls {

  /**
   * One version of an object as the server describes it.
   *
   * @param etag names the bytes in conditions
   * @param size bytes
   * @param metadata user metadata as stored, keys in lower case
   */
  record Described(
      String versionId,
      String etag,
      long size,
      Instant lastModified,
      Map<String, String> metadata,
      @Nullable Instant retainUntil,
      boolean held) {}

  /**
   * One entry of a listing.
   *
   * @param latest whether no newer version of the key exists
   * @param deletion whether it says that the key is deleted
   * @param size bytes; 0 for a deletion
   */
  record Listed(String key, String versionId, boolean latest, boolean deletion, long size) {}

  /** Where a listing goes on. */
  record Position(String key, @Nullable String versionId) {}

  /**
   * Part of a listing in order of key; of one key first the contents, newest first, then the
   * deletions.
   *
   * @param next null at the end
   */
  record Page(List<Listed> entries, @Nullable Position next) {}

  /** Makes a bucket with object lock, and so with versions. */
  void createBucket(String bucket) throws IOException;

  /** Has the server tell a target, by its name there, of each new version in a bucket. */
  void tell(String bucket, String target) throws IOException;

  /**
   * Has the server remove parts that became no version within a day, besides what rules of its
   * bucket say already.
   */
  void abortUnfinished(String bucket) throws IOException;

  boolean hasBucket(String bucket) throws IOException;

  /** Whether the bucket keeps versions and allows to lock them. */
  boolean isLockable(String bucket) throws IOException;

  /** Removes an empty bucket. */
  void removeBucket(String bucket) throws IOException;

  /**
   * Describes a version, without {@code versionId} the newest one; empty when it does not exist or
   * is a deletion.
   */
  Optional<Described> describe(String bucket, String key, @Nullable String versionId)
      throws IOException;

  /** The bytes of a version from {@code offset} on. */
  InputStream read(String bucket, String key, String versionId, long offset) throws IOException;

  /**
   * Writes a version in one request.
   *
   * @param etag what the newest version must have at that moment; null when there must be none
   * @return the id of the new version
   */
  String write(
      String bucket, String key, Path file, Map<String, String> metadata, @Nullable String etag)
      throws IOException;

  /** Begins to write a version in parts; returns the name of this upload. */
  String beginParts(String bucket, String key, Map<String, String> metadata) throws IOException;

  /** Sends a part, counted from 1; returns its etag. */
  String sendPart(String bucket, String key, String upload, int number, FileSlice slice)
      throws IOException;

  /**
   * Makes a version of all parts, as {@link #write} does.
   *
   * @param parts the etags of the parts in order
   */
  String completeParts(
      String bucket, String key, String upload, List<String> parts, @Nullable String etag)
      throws IOException;

  /** Throws parts away that became no version. */
  void abortParts(String bucket, String key, String upload) throws IOException;

  /** Adds a deletion; with a {@code versionId} it destroys that version instead. */
  void delete(String bucket, String key, @Nullable String versionId) throws IOException;

  /** Forbids deletion until a moment, in compliance mode. */
  void retain(String bucket, String key, String versionId, Instant until) throws IOException;

  /** Replaces the tags of a version. */
  void tag(String bucket, String key, String versionId, Map<String, String> tags)
      throws IOException;

  Map<String, String> tags(String bucket, String key, String versionId) throws IOException;

  /**
   * An address that fetches a version as a file, valid for this long; made without a request.
   *
   * @param file the name under which browsers save it
   */
  URI sign(String bucket, String key, String versionId, String file, Duration life)
      throws IOException;

  void hold(String bucket, String key, String versionId, boolean held) throws IOException;

  /**
   * Versions of keys with a prefix, deletions included.
   *
   * @param most 1 to 1000
   */
  Page list(String bucket, String prefix, @Nullable Position after, int most) throws IOException;
}
