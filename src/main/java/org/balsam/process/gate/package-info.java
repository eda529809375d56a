/** The decision tables, evaluated by the engine. */
@NullMarked
package org.balsam.process.gate;

import org.jspecify.annotations.NullMarked;
