/** Explorations: workspaces that are asked for, approved, renewed, and end. */
@NullMarked
@ApplicationModule(
    displayName = "Lab",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.storage",
      "platform.forge",
      "platform.compute",
      "platform.health",
      "platform.identity",
      "platform.messaging",
      "standard.catalogue",
      "standard.gate",
      "standard.workspace",
      "standard.yaml"
    })
package org.balsam.usecase.lab;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
