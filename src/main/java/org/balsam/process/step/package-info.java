/** The code behind {@code run-step.bpmn}. */
@NullMarked
package org.balsam.process.step;

import org.jspecify.annotations.NullMarked;
