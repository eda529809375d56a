/** Whether the adapters work, and stay those that the projects were made with. */
@NullMarked
@ApplicationModule(
    displayName = "Health",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.compute",
      "platform.forge",
      "platform.identity",
      "platform.storage"
    })
package org.balsam.platform.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
