package org.balsam.platform.storage.s3;

import static org.balsam.platform.storage.s3.AwsErrorMapper.mapped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.FileSlice;
import org.balsam.platform.storage.remote.S3Calls;
import org.balsam.platform.storage.remote.S3Refusal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The calls by the library of Amazon Web Services. */
final class AwsCalls implements S3Calls {

  private static final String CONTENT_TYPE = "content-type";

  private static final String RULE = "balsam-unfinished-uploads";

  private final S3Client client;
  private final S3Presigner signer;
  private final boolean conditional;

  /**
   * Calls by this client.
   *
   * @param signer names the server as people reach it; makes no requests
   * @param conditional whether the server keeps conditions of writes
   */
  AwsCalls(S3Client client, S3Presigner signer, boolean conditional) {
    this.client = client;
    this.signer = signer;
    this.conditional = conditional;
  }

  static AwsCalls of(Server server) {
    return new AwsCalls(AwsClient.of(server), AwsClient.signer(server), server.conditionalWrites());
  }

  @Override
  public void abortUnfinished(String bucket) throws IOException {
    var rules = new ArrayList<>(rules(bucket));
    if (rules.stream().anyMatch(rule -> rule.abortIncompleteMultipartUpload() != null)) {
      return;
    }
    rules.add(
        LifecycleRule.builder()
            .id(RULE)
            .status(ExpirationStatus.ENABLED)
            .filter(f -> f.prefix(""))
            .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1))
            .build());
    mapped(
        () ->
            client.putBucketLifecycleConfiguration(
                r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(rules))));
  }

  private List<LifecycleRule> rules(String bucket) throws IOException {
    try {
      return mapped(() -> client.getBucketLifecycleConfiguration(r -> r.bucket(bucket))).rules();
    } catch (S3Refusal refusal) {
      if (refusal.code().equals("NoSuchLifecycleConfiguration")) {
        return List.of();
      }
      throw refusal;
    }
  }

  @Override
  public void tag(String bucket, String key, String versionId, Map<String, String> tags)
      throws IOException {
    var set =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    mapped(
        () ->
            client.putObjectTagging(
                r -> r.bucket(bucket).key(key).versionId(versionId).tagging(t -> t.tagSet(set))));
  }

  @Override
  public Map<String, String> tags(String bucket, String key, String versionId) throws IOException {
    return mapped(
            () -> client.getObjectTagging(r -> r.bucket(bucket).key(key).versionId(versionId)))
        .tagSet()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
  }

  @Override
  public URI sign(String bucket, String key, String versionId, String file, Duration life)
      throws IOException {
    return URI.create(
        mapped(
            () ->
                signer
                    .presignGetObject(
                        p ->
                            p.signatureDuration(life)
                                .getObjectRequest(
                                    r ->
                                        r.bucket(bucket)
                                            .key(key)
                                            .versionId(versionId)
                                            .responseContentType("application/octet-stream")
                                            .responseContentDisposition(
                                                "attachment; filename=\"" + file + "\"")))
                    .url()
                    .toString()));
  }

  private @Nullable String ifMatch(@Nullable String etag) {
    return conditional ? etag : null;
  }

  private @Nullable String ifNoneMatch(@Nullable String etag) {
    return conditional && etag == null ? "*" : null;
  }

  @Override
  public void createBucket(String bucket) throws IOException {
    mapped(() -> client.createBucket(r -> r.bucket(bucket).objectLockEnabledForBucket(true)));
  }

  @Override
  public void tell(String bucket, String target) throws IOException {
    mapped(
        () ->
            client.putBucketNotificationConfiguration(
                r ->
                    r.bucket(bucket)
                        .notificationConfiguration(
                            n ->
                                n.queueConfigurations(
                                    q ->
                                        q.id("balsam")
                                            .queueArn(target)
                                            .events(Event.S3_OBJECT_CREATED)))));
  }

  @Override
  public boolean hasBucket(String bucket) throws IOException {
    try {
      mapped(() -> client.headBucket(r -> r.bucket(bucket)));
      return true;
    } catch (S3Refusal refusal) {
      if (refusal.status() == 404) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public boolean isLockable(String bucket) throws IOException {
    try {
      var versions = mapped(() -> client.getBucketVersioning(r -> r.bucket(bucket)));
      var lock = mapped(() -> client.getObjectLockConfiguration(r -> r.bucket(bucket)));
      return versions.status() == BucketVersioningStatus.ENABLED
          && lock.objectLockConfiguration().objectLockEnabled() == ObjectLockEnabled.ENABLED;
    } catch (S3Refusal refusal) {
      if (refusal.code().equals("ObjectLockConfigurationNotFoundError")) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public void removeBucket(String bucket) throws IOException {
    mapped(() -> client.deleteBucket(r -> r.bucket(bucket)));
  }

  @Override
  public Optional<Described> describe(String bucket, String key, @Nullable String versionId)
      throws IOException {
    try {
      return Optional.of(
          described(
              mapped(
                  () -> client.headObject(r -> r.bucket(bucket).key(key).versionId(versionId)))));
    } catch (S3Refusal refusal) {
      if (refusal.meansAbsent(versionId)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private static Described described(HeadObjectResponse head) {
    var metadata = new TreeMap<String, String>();
    head.metadata().forEach((key, value) -> metadata.put(key.toLowerCase(Locale.ROOT), value));
    return new Described(
        head.versionId() == null ? "null" : head.versionId(),
        head.eTag(),
        head.contentLength(),
        head.lastModified(),
        metadata,
        head.objectLockRetainUntilDate(),
        head.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON);
  }

  @Override
  public InputStream read(String bucket, String key, String versionId, long offset)
      throws IOException {
    var range = offset == 0 ? null : "bytes=" + offset + "-";
    return mapped(
        () -> client.getObject(r -> r.bucket(bucket).key(key).versionId(versionId).range(range)));
  }

  @Override
  public String write(
      String bucket, String key, Path file, Map<String, String> metadata, @Nullable String etag)
      throws IOException {
    return mapped(
            () ->
                client.putObject(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .metadata(metadata)
                            .contentType(metadata.get(CONTENT_TYPE))
                            .ifMatch(ifMatch(etag))
                            .ifNoneMatch(ifNoneMatch(etag)),
                    RequestBody.fromFile(file)))
        .versionId();
  }

  @Override
  public String beginParts(String bucket, String key, Map<String, String> metadata)
      throws IOException {
    return mapped(
            () ->
                client.createMultipartUpload(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .metadata(metadata)
                            .contentType(metadata.get(CONTENT_TYPE))))
        .uploadId();
  }

  @Override
  public String sendPart(String bucket, String key, String upload, int number, FileSlice slice)
      throws IOException {
    var body =
        RequestBody.fromContentProvider(
            () -> open(slice), slice.length(), "application/octet-stream");
    return mapped(
            () ->
                client.uploadPart(
                    r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(number), body))
        .eTag();
  }

  private static InputStream open(FileSlice slice) {
    try {
      return slice.open();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  @Override
  public String completeParts(
      String bucket, String key, String upload, List<String> parts, @Nullable String etag)
      throws IOException {
    var completed = new ArrayList<CompletedPart>();
    for (var part : parts) {
      completed.add(CompletedPart.builder().partNumber(completed.size() + 1).eTag(part).build());
    }
    return mapped(
            () ->
                client.completeMultipartUpload(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(u -> u.parts(completed))
                            .ifMatch(ifMatch(etag))
                            .ifNoneMatch(ifNoneMatch(etag))))
        .versionId();
  }

  @Override
  public void abortParts(String bucket, String key, String upload) throws IOException {
    mapped(() -> client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload)));
  }

  @Override
  public void delete(String bucket, String key, @Nullable String versionId) throws IOException {
    mapped(() -> client.deleteObject(r -> r.bucket(bucket).key(key).versionId(versionId)));
  }

  @Override
  public void retain(String bucket, String key, String versionId, Instant until)
      throws IOException {
    mapped(
        () ->
            client.putObjectRetention(
                r ->
                    r.bucket(bucket)
                        .key(key)
                        .versionId(versionId)
                        .retention(
                            l ->
                                l.mode(ObjectLockRetentionMode.COMPLIANCE)
                                    .retainUntilDate(until))));
  }

  @Override
  public void hold(String bucket, String key, String versionId, boolean held) throws IOException {
    var status = held ? ObjectLockLegalHoldStatus.ON : ObjectLockLegalHoldStatus.OFF;
    mapped(
        () ->
            client.putObjectLegalHold(
                r ->
                    r.bucket(bucket)
                        .key(key)
                        .versionId(versionId)
                        .legalHold(l -> l.status(status))));
  }

  @Override
  public Page list(String bucket, String prefix, @Nullable Position after, int most)
      throws IOException {
    var answer =
        mapped(
            () ->
                client.listObjectVersions(
                    r ->
                        r.bucket(bucket)
                            .prefix(prefix)
                            .maxKeys(most)
                            .keyMarker(after == null ? null : after.key())
                            .versionIdMarker(after == null ? null : after.versionId())));
    // the answer tells contents and deletions apart, and both in order of key
    var entries = new ArrayList<Listed>();
    answer
        .versions()
        .forEach(
            v -> entries.add(new Listed(v.key(), v.versionId(), v.isLatest(), false, v.size())));
    answer
        .deleteMarkers()
        .forEach(d -> entries.add(new Listed(d.key(), d.versionId(), d.isLatest(), true, 0)));
    entries.sort(Comparator.comparing(Listed::key));
    var next =
        Boolean.TRUE.equals(answer.isTruncated())
            ? new Position(answer.nextKeyMarker(), answer.nextVersionIdMarker())
            : null;
    return new Page(entries, next);
  }
}
