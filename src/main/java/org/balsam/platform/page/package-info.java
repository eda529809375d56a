/** Pages that the server writes itself, in the reader's language. */
@NullMarked
@ApplicationModule(
    displayName = "Pages",
    allowedDependencies = {})
package org.balsam.platform.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
