/** Jobs as child processes and workspaces as folders of this machine. */
@NullMarked
package org.balsam.platform.compute.local;

import org.jspecify.annotations.NullMarked;
