package org.balsam.usecase.model;

import java.time.Instant;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.TrainingId;
import org.jspecify.annotations.Nullable;

/**
 * A training in a list.
 *
 * @param candidate the version that it registered; null before
 * @param promotedAt null unless it was promoted
 */
public record TrainingSummary(
    TrainingId id,
    ModelName model,
    Period period,
    TrainingState state,
    Instant stateSince,
    TrainingTrigger trigger,
    String requestedBy,
    Instant requestedAt,
    @Nullable String candidate,
    @Nullable Instant promotedAt) {}
