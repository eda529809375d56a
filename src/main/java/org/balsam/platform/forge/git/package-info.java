/** What every forge does with Git, by JGit. */
@NullMarked
@NamedInterface("git")
package org.balsam.platform.forge.git;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
