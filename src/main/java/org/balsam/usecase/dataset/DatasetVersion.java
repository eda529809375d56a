package org.balsam.usecase.dataset;

import java.time.Instant;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.platform.storage.Manifest;

/**
 * A frozen version of a dataset.
 *
 * @param manifest where its manifest is; the checksum in it is the version's identity
 * @param rows data rows of its CSV files
 * @param createdBy the actor that froze it
 */
public record DatasetVersion(
    DatasetVersionId id,
    Manifest.Reference manifest,
    int objects,
    long bytes,
    long rows,
    Instant createdAt,
    String createdBy) {}
