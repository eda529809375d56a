/** The code of {@code model-rollback.bpmn}. */
@NullMarked
package org.balsam.process.model.rollback;

import org.jspecify.annotations.NullMarked;
