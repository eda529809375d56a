/** The code behind {@code statistical-round.bpmn}. */
@NullMarked
package org.balsam.process.round;

import org.jspecify.annotations.NullMarked;
