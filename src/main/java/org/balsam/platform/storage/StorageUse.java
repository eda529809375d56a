package org.balsam.platform.storage;

/**
 * How much a bucket holds, or a part of it.
 *
 * @param versions how many versions of objects, deletions left out
 * @param bytes of all of them together
 */
public record StorageUse(long versions, long bytes) {

  /** Nothing. */
  public static final StorageUse NONE = new StorageUse(0, 0);

  /** One version more. */
  public StorageUse with(long size) {
    return new StorageUse(versions + 1, bytes + size);
  }

  /** Both together. */
  public StorageUse and(StorageUse other) {
    return new StorageUse(versions + other.versions, bytes + other.bytes);
  }
}
