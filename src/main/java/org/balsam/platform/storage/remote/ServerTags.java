package org.balsam.platform.storage.remote;

import java.util.Map;
import org.balsam.kernel.BucketName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags of versions, as long as the server has not said that it knows none: it is asked once per
 * process then, and not again.
 */
final class ServerTags {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTags.class);

  private final S3Calls calls;
  private final ServerWork work;
  private volatile boolean offered = true;

  ServerTags(S3Calls calls, ServerWork work) {
    this.calls = calls;
    this.work = work;
  }

  boolean set(BucketName bucket, String key, String versionId, Map<String, String> tags) {
    return attempt(
        "tag " + bucket + "/" + key,
        () -> {
          calls.tag(bucket.value(), key, versionId, tags);
          return true;
        },
        false);
  }

  Map<String, String> of(BucketName bucket, String key, String versionId) {
    return attempt(
        "read the tags of " + bucket + "/" + key,
        () -> calls.tags(bucket.value(), key, versionId),
        Map.of());
  }

  private <T> T attempt(String doing, ServerWork.Call<T> call, T otherwise) {
    if (!offered) {
      return otherwise;
    }
    try {
      return work.of(doing, call);
    } catch (S3Refusal refusal) {
      if (!refusal.isUnknownThere()) {
        throw work.failure(doing, refusal);
      }
      offered = false;
      LOG.warn("the storage server offers no tags; going on without: {}", refusal.getMessage());
      return otherwise;
    }
  }
}
