/** Steps: what is kept of every job of a round or training, and what such work must tell of it. */
@NullMarked
@ApplicationModule(
    displayName = "Step",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.compute",
      "standard.template"
    })
package org.balsam.standard.step;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
