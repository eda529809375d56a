/** The engine: its configuration, guards, identity, and what every process model may rely on. */
@NullMarked
package org.balsam.process.engine;

import org.jspecify.annotations.NullMarked;
