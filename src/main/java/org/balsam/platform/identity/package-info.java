/** People, roles, sign-in. */
@NullMarked
@ApplicationModule(
    displayName = "Identity",
    allowedDependencies = {"kernel", "audit", "platform.page"})
package org.balsam.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
