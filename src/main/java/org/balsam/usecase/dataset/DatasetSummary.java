package org.balsam.usecase.dataset;

import java.time.Instant;

/**
 * A dataset in a list.
 *
 * @param id {@code lfs/proc/persons}
 * @param versions how many frozen ones there are
 * @param newestAt when the newest was frozen
 */
public record DatasetSummary(String id, long versions, Instant newestAt) {}
