/** The trail: append-only events, sealed into a Merkle tree that an outsider can verify. */
@NullMarked
@ApplicationModule(
    displayName = "Audit",
    allowedDependencies = {"kernel"})
package org.balsam.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
