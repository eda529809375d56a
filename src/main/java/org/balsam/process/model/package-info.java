/** The code behind {@code ml-training.bpmn} and {@code run-training-stages.bpmn}. */
@NullMarked
package org.balsam.process.model;

import org.jspecify.annotations.NullMarked;
