/** Git repositories with protected branches and tags. */
@NullMarked
@ApplicationModule(
    displayName = "Forge",
    allowedDependencies = {"kernel", "audit"})
package org.balsam.platform.forge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
