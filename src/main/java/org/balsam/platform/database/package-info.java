/** PostgreSQL, embedded or external. */
@NullMarked
@ApplicationModule(
    displayName = "Database",
    allowedDependencies = {"kernel"})
package org.balsam.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
