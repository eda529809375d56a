package org.balsam.usecase.round;

import java.time.Instant;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;

/**
 * A round in a list.
 *
 * @param releasedAt null before the release
 */
public record RoundSummary(
    RoundId id,
    RoundState state,
    Instant stateSince,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant plannedRelease,
    @Nullable Instant releasedAt) {}
