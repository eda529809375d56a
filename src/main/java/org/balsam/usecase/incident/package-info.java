/** What stands still in the engine until an operator has dealt with its cause. */
@NullMarked
@ApplicationModule(
    displayName = "Incidents",
    allowedDependencies = {"kernel"})
package org.balsam.usecase.incident;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
