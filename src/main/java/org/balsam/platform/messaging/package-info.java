/** Notices to people: an inbox, and channels behind an outbox. */
@NullMarked
@ApplicationModule(
    displayName = "Messaging",
    allowedDependencies = {"kernel", "audit", "platform.http", "platform.identity"})
package org.balsam.platform.messaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
