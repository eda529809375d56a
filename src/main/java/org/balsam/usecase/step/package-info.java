/** Steps: one job each, from its submission to its verified result, for every kind of work. */
@NullMarked
@ApplicationModule(
    displayName = "Steps",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.compute",
      "platform.health",
      "standard.step"
    })
package org.balsam.usecase.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
