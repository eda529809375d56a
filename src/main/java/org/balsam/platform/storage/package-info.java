/** Versioned object storage. */
@NullMarked
@ApplicationModule(
    displayName = "Storage",
    allowedDependencies = {"kernel", "audit"})
package org.balsam.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
