package org.balsam.usecase.round;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;

/** Tells which versions of models people have taken out of use again. */
public interface RolledBackModels {

  /**
   * A roll-back that is in force.
   *
   * @param version what was taken out of use
   * @param reason in the words of who asked for it
   */
  record Found(ModelVersionId version, Instant at, String reason) {}

  /** Those of these versions that were rolled back and are not champion again, in their order. */
  List<Found> of(ProjectId project, List<ModelVersionId> versions);
}
