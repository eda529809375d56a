package org.balsam.usecase.schedule;

import java.time.Instant;
import org.balsam.kernel.Period;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as shown.
 *
 * @param nextStart null unless active
 * @param lastStart when it last started, or tried to start, a round
 * @param lastPeriod the period of that round
 * @param version counts changes made by people; the entity tag
 */
public record ScheduleView(
    ScheduleId id,
    ScheduleRules rules,
    ScheduleState state,
    @Nullable Instant nextStart,
    @Nullable Instant lastStart,
    @Nullable Period lastPeriod,
    @Nullable StartOutcome lastOutcome,
    long version) {}
