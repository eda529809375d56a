/**
 * The process models' code: delegates, listeners, adapters; the only place that knows the engine.
 */
@NullMarked
@ApplicationModule(
    displayName = "Process",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.identity",
      "platform.compute",
      "platform.storage",
      "standard.gate",
      "standard.promotion",
      "usecase.project",
      "usecase.dataset",
      "usecase.incident",
      "usecase.lab",
      "usecase.model",
      "usecase.round",
      "usecase.schedule",
      "usecase.step",
      "usecase.task"
    })
package org.balsam.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
