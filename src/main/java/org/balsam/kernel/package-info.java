/** Identifiers, errors and actors: the words that every other package uses. */
@NullMarked
@ApplicationModule(
    displayName = "Kernel",
    allowedDependencies = {})
package org.balsam.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
