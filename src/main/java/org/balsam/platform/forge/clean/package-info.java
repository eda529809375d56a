/** Keeps out of repositories what does not belong there, in front of any adapter. */
@NullMarked
package org.balsam.platform.forge.clean;

import org.jspecify.annotations.NullMarked;
