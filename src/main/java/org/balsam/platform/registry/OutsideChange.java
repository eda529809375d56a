package org.balsam.platform.registry;

import java.time.Instant;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;

/**
 * What an outer registry shows of a model otherwise than it was decided, because somebody changed
 * it there.
 *
 * @param what {@code champion}, {@code candidate}, {@code artefact} or {@code model}
 * @param decided what it shows when it is right
 * @param found what it shows
 * @param since when the first of the model's present changes was noticed
 */
public record OutsideChange(
    ProjectId project, ModelName model, String what, String decided, String found, Instant since) {}
