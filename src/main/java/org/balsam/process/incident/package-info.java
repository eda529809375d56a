/** Incidents of the engine. */
@NullMarked
package org.balsam.process.incident;

import org.jspecify.annotations.NullMarked;
