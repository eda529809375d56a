/** Knowledge libraries: refreshed, searched, read, copied from, and given back to. */
@NullMarked
@ApplicationModule(
    displayName = "Libraries",
    allowedDependencies = {
      "kernel",
      "audit",
      "platform.forge",
      "platform.identity",
      "platform.library",
      "platform.messaging",
      "standard.template"
    })
package org.balsam.usecase.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
