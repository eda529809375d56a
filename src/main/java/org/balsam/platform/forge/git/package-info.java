/** What every forge does with Git, by JGit. */
@NullMarked
package org.balsam.platform.forge.git;

import org.jspecify.annotations.NullMarked;
