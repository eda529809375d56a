package org.balsam.platform.compute;

import java.util.Map;
import org.balsam.platform.compute.local.JobAccess;
import org.balsam.platform.forge.Forge;

/** Access to the code as the forge gives it, for as long as the job may run. */
record ForgeAccess(Forge forge) implements JobAccess {

  @Override
  public Map<String, String> of(JobSpec spec) {
    return forge.grantReading(spec.project(), spec.id().value(), spec.resources().timeLimit());
  }

  @Override
  public void end(JobSpec spec) {
    forge.endReading(spec.project(), spec.id().value());
  }
}
