/** Git repositories in a folder, by JGit. */
@NullMarked
package org.balsam.platform.forge.local;

import org.jspecify.annotations.NullMarked;
