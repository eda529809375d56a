package org.balsam.platform.registry;

import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * An approved promotion, bound to what was approved.
 *
 * @param key idempotency key, unique in the model, at most 200 characters; the same key never moves
 *     the alias twice
 * @param artefact checksum of the files that were approved
 * @param evidence checksum of the evidence that was approved on
 * @param expectedChampion the champion that the candidate was compared with, null for none
 * @param rollbackTarget a former or the present champion to go back to; null stands for {@code
 *     expectedChampion}
 */
public record Promotion(
    String key,
    ProjectId project,
    ModelVersionId version,
    Sha256 artefact,
    Sha256 evidence,
    @Nullable ModelVersionId expectedChampion,
    @Nullable ModelVersionId rollbackTarget) {}
