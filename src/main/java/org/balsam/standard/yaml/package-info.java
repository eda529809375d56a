/** Reads YAML that strangers wrote: plain data, every problem by its line. */
@NullMarked
@ApplicationModule(
    displayName = "YAML",
    allowedDependencies = {"kernel"})
package org.balsam.standard.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
