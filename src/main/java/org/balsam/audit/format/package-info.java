/** The forms in which the trail leaves Balsam: canonical JSON, signed notes, checkpoints, keys. */
@NullMarked
package org.balsam.audit.format;

import org.jspecify.annotations.NullMarked;
