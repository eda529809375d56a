/** Models: their trainings, which versions there are, and which of them is in use. */
@NullMarked
@ApplicationModule(
    displayName = "Models",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.forge",
      "platform.compute",
      "platform.identity",
      "platform.messaging",
      "platform.registry",
      "standard.template",
      "standard.gate",
      "standard.promotion",
      "standard.step"
    })
package org.balsam.usecase.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
