package org.balsam.platform.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of its quota a project uses.
 *
 * @param usedBytes all versions of all objects: as last measured, and what Balsam stored since
 * @param quotaBytes null when there is none
 * @param measuredAt null before the first time
 */
public record StorageStanding(
    long usedBytes, @Nullable Long quotaBytes, @Nullable Instant measuredAt) {

  boolean hasRoomFor(long bytes) {
    return quotaBytes == null || bytes <= quotaBytes - usedBytes;
  }
}
