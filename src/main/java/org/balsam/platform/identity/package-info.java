/** People, roles, sign-in. */
@NullMarked
@ApplicationModule(
    displayName = "Identity",
    allowedDependencies = {"kernel", "audit"})
package org.balsam.platform.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
