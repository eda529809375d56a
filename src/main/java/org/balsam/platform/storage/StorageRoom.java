package org.balsam.platform.storage;

import org.balsam.kernel.BucketName;

/** Whether there is room for what is about to be stored. */
@FunctionalInterface
public interface StorageRoom {

  /** Room for everything. */
  StorageRoom UNLIMITED = (bucket, key, bytes) -> {};

  /**
   * Takes room for one new version; called once per put that makes one, before anything is sent.
   *
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when there is none
   */
  void take(BucketName bucket, String key, long bytes);
}
