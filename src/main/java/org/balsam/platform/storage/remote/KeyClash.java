package org.balsam.platform.storage.remote;

import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;

/**
 * Keys that a server would take and then not list: MinIO leaves {@code a/b} out of every listing
 * once there is an object {@code a}, and takes no segment of more than 255 characters.
 */
final class KeyClash {

  private static final int LONGEST_SEGMENT = 255;

  private final S3Calls calls;
  private final ServerWork work;

  KeyClash(S3Calls calls, ServerWork work) {
    this.calls = calls;
    this.work = work;
  }

  static void refuseLongSegment(String key) {
    for (var segment : key.split("/")) {
      if (segment.length() > LONGEST_SEGMENT) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "key",
            "has a segment of %d characters; a storage server takes at most %d between two '/'"
                .formatted(segment.length(), LONGEST_SEGMENT));
      }
    }
  }

  /**
   * Call it before the first version of a key.
   *
   * @throws Rejection ALREADY_EXISTS when a folder of the key is an object, or the key a folder of
   *     objects
   */
  void refuse(BucketName bucket, String key) {
    for (var slash = key.indexOf('/'); slash > 0; slash = key.indexOf('/', slash + 1)) {
      var folder = key.substring(0, slash);
      if (first(bucket, folder).equals(folder)) {
        throw clash(bucket, key, folder);
      }
    }
    var inside = first(bucket, key + "/");
    if (!inside.isEmpty()) {
      throw clash(bucket, inside, key);
    }
  }

  private String first(BucketName bucket, String prefix) {
    return work
        .mapped(
            "look up " + bucket + "/" + prefix, () -> calls.list(bucket.value(), prefix, null, 1))
        .entries()
        .stream()
        .map(S3Calls.Listed::key)
        .findFirst()
        .orElse("");
  }

  private static Rejection clash(BucketName bucket, String key, String folder) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "in bucket %s '%s' is a folder of '%s', and a storage server lists only one of them; choose another key"
            .formatted(bucket, folder, key));
  }
}
