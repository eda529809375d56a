package org.balsam.platform.storage;

import java.time.Duration;
import java.util.Set;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;

/**
 * What another process may do with the storage, and for how long.
 *
 * @param project on whose behalf it works; it writes into this project's buckets only
 * @param holder names the process, for example a job's id; what is granted to it is revoked by this
 *     name
 * @param reads objects whose versions it reads
 * @param writes objects that it writes, and reads
 * @param lifetime how long it needs this at most
 */
public record StorageGrant(
    ProjectId project, String holder, Set<Place> reads, Set<Place> writes, Duration lifetime) {

  /**
   * An object, in all its versions.
   *
   * @param key of the object; when it ends with a slash, every object whose key begins with it
   */
  public record Place(BucketName bucket, String key) {}

  public StorageGrant {
    reads = Set.copyOf(reads);
    writes = Set.copyOf(writes);
    for (var place : writes) {
      if (!place.bucket().project().equals(project)) {
        throw new IllegalArgumentException(
            "%s of project %s is to write into %s, which is not this project's"
                .formatted(holder, project, place.bucket()));
      }
    }
  }
}
