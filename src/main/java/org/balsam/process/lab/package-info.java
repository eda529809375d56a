/** The code of {@code exploration.bpmn}. */
@NullMarked
package org.balsam.process.lab;

import org.jspecify.annotations.NullMarked;
