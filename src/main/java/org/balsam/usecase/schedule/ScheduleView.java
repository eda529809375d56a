package org.balsam.usecase.schedule;

import java.time.Instant;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as shown.
 *
 * @param model the model that it trains; null when it starts rounds
 * @param nextStart null unless active
 * @param lastStart when it last started, or tried to start, something
 * @param lastPeriod the period of that start
 * @param version counts changes made by people; the entity tag
 */
public record ScheduleView(
    ScheduleId id,
    @Nullable ModelName model,
    ScheduleRules rules,
    ScheduleState state,
    @Nullable Instant nextStart,
    @Nullable Instant lastStart,
    @Nullable Period lastPeriod,
    @Nullable StartOutcome lastOutcome,
    long version) {}
