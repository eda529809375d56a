/** The code of the model {@code roundSchedule}. */
@NullMarked
package org.balsam.process.schedule;

import org.jspecify.annotations.NullMarked;
