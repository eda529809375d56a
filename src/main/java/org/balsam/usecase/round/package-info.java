/** Rounds: one run of a product's production, from its request to its published, sealed end. */
@NullMarked
@ApplicationModule(
    displayName = "Rounds",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.forge",
      "platform.compute",
      "platform.identity",
      "platform.messaging",
      "standard.template",
      "standard.gate",
      "standard.step"
    })
package org.balsam.usecase.round;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
