/**
 * Quality checks on tables: definitions, evaluation, and the port of the table that judges them.
 */
@NullMarked
@ApplicationModule(
    displayName = "Gate",
    allowedDependencies = {"kernel", "audit"})
package org.balsam.standard.gate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
