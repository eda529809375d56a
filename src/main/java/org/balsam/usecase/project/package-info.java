/** Projects: their request, onboarding and people. */
@NullMarked
@ApplicationModule(
    displayName = "Projects",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.forge",
      "platform.compute",
      "platform.health",
      "platform.identity",
      "platform.messaging",
      "standard.template"
    })
package org.balsam.usecase.project;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
