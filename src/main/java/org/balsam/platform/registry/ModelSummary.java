package org.balsam.platform.registry;

import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.jspecify.annotations.Nullable;

/**
 * A model over all its versions.
 *
 * @param champion the version in use, null before the first promotion
 * @param newest the highest version
 * @param versions how many there are
 * @param rollbackTarget what the promotion of the present champion named to go back to; null when
 *     it named nothing, and after a roll-back
 */
public record ModelSummary(
    ModelName name,
    @Nullable ModelVersionId champion,
    ModelVersionId newest,
    long versions,
    @Nullable ModelVersionId rollbackTarget) {}
