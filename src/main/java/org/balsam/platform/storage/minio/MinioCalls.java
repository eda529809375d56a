package org.balsam.platform.storage.minio;

import static org.balsam.platform.storage.minio.MinioErrorMapper.mapped;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.GetObjectTagsArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectVersionsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketNotificationArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.SetObjectTagsArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.NotificationConfiguration;
import io.minio.messages.Part;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.FileSlice;
import org.balsam.platform.storage.remote.S3Calls;
import org.balsam.platform.storage.remote.S3Refusal;
import org.jspecify.annotations.Nullable;

/** The calls by MinIO's library. */
final class MinioCalls implements S3Calls {

  private static final String CONTENT_TYPE = "content-type";

  private final MinioAsyncClient client;
  private final MinioAsyncClient signer;

  /**
   * Calls by this client.
   *
   * @param signer names the server as people reach it; makes no requests
   */
  MinioCalls(MinioAsyncClient client, MinioAsyncClient signer) {
    this.client = client;
    this.signer = signer;
  }

  static MinioCalls of(Server server) {
    var address = server.downloadEndpoint();
    var client = MinioConnection.of(server, server.endpoint());
    return new MinioCalls(client, address == null ? client : MinioConnection.of(server, address));
  }

  /** MinIO removes them by itself after a day, and has no such rule. */
  @Override
  public void abortUnfinished(String bucket) {}

  @Override
  public void tag(String bucket, String key, String versionId, Map<String, String> tags)
      throws IOException {
    mapped(
        () ->
            client.setObjectTags(
                SetObjectTagsArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .versionId(versionId)
                    .tags(tags)
                    .build()));
  }

  @Override
  public Map<String, String> tags(String bucket, String key, String versionId) throws IOException {
    try {
      return Map.copyOf(
          mapped(
                  () ->
                      client.getObjectTags(
                          GetObjectTagsArgs.builder()
                              .bucket(bucket)
                              .object(key)
                              .versionId(versionId)
                              .build()))
              .get());
    } catch (S3Refusal refusal) {
      if (refusal.code().equals("NoSuchTagSet")) {
        return Map.of();
      }
      throw refusal;
    }
  }

  @Override
  public URI sign(String bucket, String key, String versionId, String file, Duration life)
      throws IOException {
    var saved =
        Map.of(
            "response-content-disposition",
            "attachment; filename=\"" + file + "\"",
            "response-content-type",
            "application/octet-stream");
    return URI.create(
        mapped(
            () ->
                CompletableFuture.completedFuture(
                    signer.getPresignedObjectUrl(
                        GetPresignedObjectUrlArgs.builder()
                            .method(Http.Method.GET)
                            .bucket(bucket)
                            .object(key)
                            .versionId(versionId)
                            .expiry(Math.toIntExact(life.toSeconds()))
                            .extraQueryParams(saved)
                            .build()))));
  }

  @Override
  public void createBucket(String bucket) throws IOException {
    mapped(
        () -> client.makeBucket(MakeBucketArgs.builder().bucket(bucket).objectLock(true).build()));
  }

  @Override
  public void tell(String bucket, String target) throws IOException {
    var events = List.of("s3:ObjectCreated:*");
    var queue = new NotificationConfiguration.QueueConfiguration(target, "balsam", events, null);
    mapped(
        () ->
            client.setBucketNotification(
                SetBucketNotificationArgs.builder()
                    .bucket(bucket)
                    .config(new NotificationConfiguration(null, List.of(queue), null, null))
                    .build()));
  }

  @Override
  public boolean hasBucket(String bucket) throws IOException {
    try {
      mapped(() -> client.headBucket(HeadBucketArgs.builder().bucket(bucket).build()));
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
      mapped(
          () ->
              client.getObjectLockConfiguration(
                  GetObjectLockConfigurationArgs.builder().bucket(bucket).build()));
      var versions =
          mapped(
              () ->
                  client.getBucketVersioning(
                      GetBucketVersioningArgs.builder().bucket(bucket).build()));
      return versions.status() == VersioningConfiguration.Status.ENABLED;
    } catch (S3Refusal refusal) {
      if (refusal.code().equals("ObjectLockConfigurationNotFoundError")) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public void removeBucket(String bucket) throws IOException {
    mapped(() -> client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build()));
  }

  @Override
  public Optional<Described> describe(String bucket, String key, @Nullable String versionId)
      throws IOException {
    try {
      var head =
          mapped(
              () ->
                  client.headObject(
                      HeadObjectArgs.builder()
                          .bucket(bucket)
                          .object(key)
                          .versionId(versionId)
                          .build()));
      return Optional.of(described(head));
    } catch (S3Refusal refusal) {
      if (refusal.meansAbsent(versionId)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private static Described described(HeadObjectResponse head) {
    var metadata = new TreeMap<String, String>();
    head.userMetadata()
        .entries()
        .forEach(e -> metadata.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    var until = head.lockRetainUntilDate();
    return new Described(
        head.versionId() == null ? "null" : head.versionId(),
        "\"" + head.etag() + "\"",
        head.size(),
        head.lastModified().toInstant(),
        metadata,
        until == null ? null : until.toInstant(),
        head.lockLegalHold().status());
  }

  @Override
  public InputStream read(String bucket, String key, String versionId, long offset)
      throws IOException {
    return mapped(
        () ->
            client.getObject(
                GetObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .versionId(versionId)
                    .offset(offset)
                    .build()));
  }

  @Override
  public String write(
      String bucket, String key, Path file, Map<String, String> metadata, @Nullable String etag)
      throws IOException {
    try (var content = new RandomAccessFile(file.toFile(), "r")) {
      var size = content.length();
      var headers = checked(headers(metadata), new FileSlice(file, 0, size));
      return mapped(
              () ->
                  client.putObject(
                      PutObjectAPIArgs.builder()
                          .bucket(bucket)
                          .object(key)
                          .file(content, size)
                          .contentType(contentType(metadata))
                          .headers(headers)
                          .extraHeaders(condition(etag))
                          .build()))
          .versionId();
    }
  }

  private static Http.Headers headers(Map<String, String> metadata) {
    var headers = new Http.Headers();
    metadata.forEach((key, value) -> headers.put("x-amz-meta-" + key, value));
    return headers;
  }

  private static @Nullable MediaType contentType(Map<String, String> metadata) {
    return MediaType.parse(metadata.getOrDefault(CONTENT_TYPE, ""));
  }

  /** Without a checksum the library computes one, and then sends what follows the bytes. */
  private static Http.Headers checked(Http.Headers headers, FileSlice slice) throws IOException {
    try (var content = new DigestInputStream(slice.open(), Sha256.digest())) {
      content.transferTo(OutputStream.nullOutputStream());
      var digest = content.getMessageDigest().digest();
      headers.put(Http.Headers.X_AMZ_CHECKSUM_SHA256, Base64.getEncoder().encodeToString(digest));
      return headers;
    }
  }

  private static Map<String, String> condition(@Nullable String etag) {
    return etag == null ? Map.of("If-None-Match", "*") : Map.of("If-Match", etag);
  }

  @Override
  public String beginParts(String bucket, String key, Map<String, String> metadata)
      throws IOException {
    var headers = headers(metadata);
    var type = contentType(metadata);
    if (type != null) {
      headers.put("Content-Type", type.toString());
    }
    return mapped(
            () ->
                client.createMultipartUpload(
                    CreateMultipartUploadArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .headers(headers)
                        .build()))
        .result()
        .uploadId();
  }

  @Override
  public String sendPart(String bucket, String key, String upload, int number, FileSlice slice)
      throws IOException {
    try (var content = new RandomAccessFile(slice.file().toFile(), "r")) {
      content.seek(slice.offset());
      var headers = checked(new Http.Headers(), slice);
      return mapped(
              () ->
                  client.uploadPart(
                      UploadPartArgs.builder()
                          .bucket(bucket)
                          .object(key)
                          .uploadId(upload)
                          .partNumber(number)
                          .file(content, slice.length())
                          .headers(headers)
                          .build()))
          .part()
          .etag();
    }
  }

  @Override
  public String completeParts(
      String bucket, String key, String upload, List<String> parts, @Nullable String etag)
      throws IOException {
    var completed = new ArrayList<Part>();
    parts.forEach(part -> completed.add(new Part(completed.size() + 1, part)));
    return mapped(
            () ->
                client.completeMultipartUpload(
                    CompleteMultipartUploadArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .uploadId(upload)
                        .parts(completed.toArray(new Part[0]))
                        .extraHeaders(condition(etag))
                        .build()))
        .versionId();
  }

  @Override
  public void abortParts(String bucket, String key, String upload) throws IOException {
    mapped(
        () ->
            client.abortMultipartUpload(
                AbortMultipartUploadArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .uploadId(upload)
                    .build()));
  }

  @Override
  public void delete(String bucket, String key, @Nullable String versionId) throws IOException {
    mapped(
        () ->
            client.removeObject(
                RemoveObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .versionId(versionId)
                    .build()));
  }

  @Override
  public void retain(String bucket, String key, String versionId, Instant until)
      throws IOException {
    mapped(
        () ->
            client.setObjectRetention(
                SetObjectRetentionArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .versionId(versionId)
                    .config(new Retention(RetentionMode.COMPLIANCE, until.atZone(ZoneOffset.UTC)))
                    .build()));
  }

  @Override
  public void hold(String bucket, String key, String versionId, boolean held) throws IOException {
    mapped(
        () ->
            held
                ? client.enableObjectLegalHold(
                    EnableObjectLegalHoldArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .versionId(versionId)
                        .build())
                : client.disableObjectLegalHold(
                    DisableObjectLegalHoldArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .versionId(versionId)
                        .build()));
  }

  @Override
  public Page list(String bucket, String prefix, @Nullable Position after, int most)
      throws IOException {
    var answer =
        mapped(
                () ->
                    client.listObjectVersions(
                        ListObjectVersionsArgs.builder()
                            .bucket(bucket)
                            .prefix(prefix)
                            .keyMarker(after == null ? null : after.key())
                            .versionIdMarker(after == null ? null : after.versionId())
                            .maxKeys(most)
                            .build()))
            .result();
    var entries = new ArrayList<Listed>();
    answer
        .contents()
        .forEach(
            v ->
                entries.add(
                    new Listed(v.objectName(), v.versionId(), v.isLatest(), false, v.size())));
    answer
        .deleteMarkers()
        .forEach(
            d -> entries.add(new Listed(d.objectName(), d.versionId(), d.isLatest(), true, 0)));
    entries.sort(Comparator.comparing(Listed::key));
    var next =
        answer.isTruncated()
            ? new Position(answer.nextKeyMarker(), answer.nextVersionIdMarker())
            : null;
    return new Page(entries, next);
  }
}
