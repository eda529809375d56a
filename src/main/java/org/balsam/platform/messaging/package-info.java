/** Notices to people, through an outbox. */
@NullMarked
@ApplicationModule(
    displayName = "Messaging",
    allowedDependencies = {"kernel", "audit"})
package org.balsam.platform.messaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
