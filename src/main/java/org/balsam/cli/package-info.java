/** The sub-commands of the one executable. */
@NullMarked
@ApplicationModule(
    displayName = "Command line",
    allowedDependencies = {
      "kernel",
      "audit",
      "audit :: verify",
      "platform.compute",
      "platform.compute :: runner",
      "platform.compute :: workspace",
      "platform.database",
      "platform.forge",
      "platform.health",
      "platform.identity",
      "platform.identity :: embedded",
      "platform.storage",
      "standard.catalogue",
      "standard.promotion",
      "standard.template",
      "standard.workspace",
      "usecase.project",
      "usecase.dataset",
      "usecase.round",
      "usecase.task"
    })
package org.balsam.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
