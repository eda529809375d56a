/** How Balsam calls addresses that people gave, for every part that calls one. */
@NullMarked
@ApplicationModule(
    displayName = "Outgoing HTTP",
    allowedDependencies = {"kernel"})
package org.balsam.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
