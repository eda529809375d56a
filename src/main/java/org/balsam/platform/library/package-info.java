/** Knowledge libraries as their Git servers serve them: fetched, held against limits, read. */
@NullMarked
@ApplicationModule(
    displayName = "Library",
    allowedDependencies = {"kernel", "platform.forge :: git", "platform.http"})
package org.balsam.platform.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
