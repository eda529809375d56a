/** Steps and workspaces, in isolation from Balsam itself. */
@NullMarked
@ApplicationModule(
    displayName = "Compute",
    allowedDependencies = {"kernel", "audit", "platform.storage", "platform.forge"})
package org.balsam.platform.compute;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
