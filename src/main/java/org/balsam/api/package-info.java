/** The REST API, version 1. */
@NullMarked
@ApplicationModule(
    displayName = "API",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.compute",
      "platform.database",
      "platform.forge",
      "platform.health",
      "platform.identity",
      "platform.messaging",
      "platform.page",
      "platform.registry",
      "platform.storage",
      "standard.catalogue",
      "standard.gate",
      "standard.promotion",
      "standard.step",
      "standard.template",
      "usecase.project",
      "usecase.dataset",
      "usecase.incident",
      "usecase.lab",
      "usecase.library",
      "usecase.model",
      "usecase.notice",
      "usecase.round",
      "usecase.schedule",
      "usecase.task"
    })
package org.balsam.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
