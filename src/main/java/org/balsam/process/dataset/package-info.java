/** Data arriving, told to the processes that wait for them. */
@NullMarked
package org.balsam.process.dataset;

import org.jspecify.annotations.NullMarked;
