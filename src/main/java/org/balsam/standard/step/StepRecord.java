package org.balsam.standard.step;

import java.time.Instant;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.JobId;
import org.jspecify.annotations.Nullable;

/**
 * One step of one run, which is one job.
 *
 * @param run the run, {@code <work>.<number>}
 * @param stage counts from 0
 * @param position counts from 0 inside the stage
 * @param gsbpm the GSBPM sub-process, for example {@code 5.7}; empty outside rounds
 * @param attempts how often it was submitted, more than once when the runtime lost it
 * @param failure null unless it ended without success
 * @param message why it did not succeed; empty otherwise
 * @param spec reference of the stored specification; null before it was submitted
 * @param result reference of the stored result document; null before it ended
 * @param log reference of the stored log; null before it ended
 */
public record StepRecord(
    JobId job,
    String run,
    int stage,
    int position,
    String name,
    String gsbpm,
    StepState state,
    int attempts,
    @Nullable Integer exitCode,
    @Nullable ErrorCode failure,
    String message,
    @Nullable Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String spec,
    @Nullable String result,
    @Nullable String log) {}
