/** Data deliveries, frozen versions of datasets, and their release. */
@NullMarked
@ApplicationModule(
    displayName = "Datasets",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.forge",
      "platform.registry",
      "standard.template"
    })
package org.balsam.usecase.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
