/** Elyra's {@code .pipeline} files: reading them, the order of their nodes, the nodes' files. */
@NullMarked
@ApplicationModule(
    displayName = "Pipeline",
    allowedDependencies = {"kernel", "platform.compute", "standard.yaml"})
package org.balsam.standard.pipeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
