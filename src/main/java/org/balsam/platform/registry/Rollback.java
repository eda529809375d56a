package org.balsam.platform.registry;

import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;

/**
 * An order to make a former champion champion again.
 *
 * @param key idempotency key, unique in the model, at most 200 characters; the same key never moves
 *     the alias twice
 * @param expectedChampion the champion to go back from
 * @param target the former champion
 */
public record Rollback(
    String key, ProjectId project, ModelVersionId expectedChampion, ModelVersionId target) {}
