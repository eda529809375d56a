package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.balsam.platform.storage.Upload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends received bytes as one version, in parts when they are many. */
final class ObjectUpload {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectUpload.class);
  private static final int MOST_PARTS = 9000;

  private final S3Calls calls;
  private final ServerWork work;
  private final long partSize;

  /**
   * Uploads of one server.
   *
   * @param partSize bytes; more than these are sent in parts
   */
  ObjectUpload(S3Calls calls, ServerWork work, long partSize) {
    this.calls = calls;
    this.work = work;
    this.partSize = partSize;
  }

  /**
   * Makes a version.
   *
   * @param etag what the newest version must have at that moment; null when there must be none
   * @return the id of the version
   * @throws S3Refusal a conflict when the newest version is another one
   */
  String send(
      String bucket,
      String key,
      Upload upload,
      Map<String, String> metadata,
      @Nullable String etag) {
    return upload.size() <= partSize
        ? work.of(
            "store " + bucket + "/" + key,
            () -> calls.write(bucket, key, upload.file(), metadata, etag))
        : sendParts(bucket, key, upload, metadata, etag);
  }

  private String sendParts(
      String bucket,
      String key,
      Upload upload,
      Map<String, String> metadata,
      @Nullable String etag) {
    var doing = "store " + bucket + "/" + key;
    var id = work.of(doing, () -> calls.beginParts(bucket, key, metadata));
    var complete = false;
    try {
      var length = Math.max(partSize, upload.size() / MOST_PARTS + 1);
      var etags = new ArrayList<String>();
      for (var offset = 0L; offset < upload.size(); offset += length) {
        var slice = new FileSlice(upload.file(), offset, Math.min(length, upload.size() - offset));
        var number = etags.size() + 1;
        etags.add(work.of(doing, () -> calls.sendPart(bucket, key, id, number, slice)));
      }
      var version = work.of(doing, () -> calls.completeParts(bucket, key, id, etags, etag));
      complete = true;
      return version;
    } finally {
      if (!complete) {
        abort(bucket, key, id);
      }
    }
  }

  private void abort(String bucket, String key, String id) {
    try {
      calls.abortParts(bucket, key, id);
    } catch (IOException | S3Refusal left) {
      LOG.warn("parts of {}/{} stay on the server: {}", bucket, key, left.toString());
    }
  }
}
