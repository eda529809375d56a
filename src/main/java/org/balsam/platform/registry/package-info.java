/** Versions of trained models, and which of them is in use. */
@NullMarked
@ApplicationModule(
    displayName = "Registry",
    allowedDependencies = {"kernel", "audit", "platform.messaging", "platform.storage"})
package org.balsam.platform.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
