/**
 * The workspace templates of this installation: built in, from a mounted folder and from Git, each
 * tried before it is offered.
 */
@NullMarked
@ApplicationModule(
    displayName = "Workspace catalogue",
    allowedDependencies = {
      "kernel",
      "platform.compute",
      "platform.library",
      "standard.workspace",
      "standard.yaml"
    })
package org.balsam.standard.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
