package org.balsam.standard.step;

import java.time.Instant;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.VerifiedContent;

/**
 * One file that a step published, verified when its result was collected.
 *
 * @param dataset {@code layer/name}
 * @param size bytes
 * @param rows data rows of a CSV file, -1 for other files
 */
public record StepOutput(
    String run,
    JobId job,
    String dataset,
    BucketName bucket,
    String key,
    String versionId,
    long size,
    Sha256 sha256,
    long rows,
    Instant lastModified) {

  /** The last segment of the key. */
  public String file() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** The bytes as they were verified. */
  public VerifiedContent content() {
    return new VerifiedContent(bucket, key, versionId, size, sha256);
  }
}
