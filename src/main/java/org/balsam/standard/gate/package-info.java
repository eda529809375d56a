/** Quality checks on tables: definitions, evaluation, and the ports of the decision tables. */
@NullMarked
@ApplicationModule(
    displayName = "Gate",
    allowedDependencies = {"kernel", "audit", "platform.compute"})
package org.balsam.standard.gate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
