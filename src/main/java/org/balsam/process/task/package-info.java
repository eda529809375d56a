/** People's tasks in the engine. */
@NullMarked
package org.balsam.process.task;

import org.jspecify.annotations.NullMarked;
