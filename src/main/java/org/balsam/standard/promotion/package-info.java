/**
 * Whether a model may be promoted: metrics, drift, fairness, the nine checks on a candidate, the
 * port of the table that judges them, and the model card.
 */
@NullMarked
@ApplicationModule(
    displayName = "Promotion",
    allowedDependencies = {"kernel", "standard.gate", "standard.yaml"})
package org.balsam.standard.promotion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
