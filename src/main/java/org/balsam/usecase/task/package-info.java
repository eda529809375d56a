/** People's open tasks, whatever process they belong to. */
@NullMarked
@ApplicationModule(
    displayName = "Tasks",
    allowedDependencies = {"kernel", "audit", "platform.messaging"})
package org.balsam.usecase.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
