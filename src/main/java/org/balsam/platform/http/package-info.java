/** Which addresses of the network Balsam calls, for every part that calls one. */
@NullMarked
@ApplicationModule(
    displayName = "Outgoing HTTP",
    allowedDependencies = {})
package org.balsam.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
