package org.balsam.platform.compute;

import org.balsam.kernel.JobId;

/**
 * A job ended. Published as a Spring application event, possibly more than once, possibly before
 * the transaction that submitted the job commits, possibly never: receivers ask {@link
 * JobRuntime#status} for what happened and also reconcile by timer.
 */
public record JobFinished(JobId job) {}
