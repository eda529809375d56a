/**
 * Schedules: when rounds and trainings of a project start by themselves, and which period each is
 * for.
 */
@NullMarked
@ApplicationModule(
    displayName = "Schedules",
    allowedDependencies = {"kernel", "audit", "platform.messaging"})
package org.balsam.usecase.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
