/**
 * Project templates and the project file {@code balsam.yaml}: model, schema, reading, catalogue.
 */
@NullMarked
@ApplicationModule(
    displayName = "Template",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.compute",
      "platform.forge",
      "standard.gate",
      "standard.pipeline",
      "standard.yaml"
    })
package org.balsam.standard.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
