/** Notices: who gets which by which channel, and what could not be delivered. */
@NullMarked
@ApplicationModule(
    displayName = "Notices",
    allowedDependencies = {"kernel", "audit", "platform.messaging"})
package org.balsam.usecase.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
