package org.balsam.platform.storage;

import java.time.Instant;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object.
 *
 * @param versionId the storage's own name of the version; opaque
 * @param size bytes
 * @param sha256 checksum of the bytes, as computed when they were written
 * @param metadata user metadata; keys {@code [a-z0-9-]+}
 * @param retainUntil deletion is refused before this moment; null without retention
 * @param held whether a legal hold forbids deletion
 */
public record StoredObject(
    BucketName bucket,
    String key,
    String versionId,
    long size,
    Sha256 sha256,
    Instant lastModified,
    Map<String, String> metadata,
    @Nullable Instant retainUntil,
    boolean held) {}
