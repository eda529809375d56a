/** The files of a workspace, wherever it is; needs no Spring and no server. */
@NullMarked
@NamedInterface("workspace")
package org.balsam.platform.compute.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
