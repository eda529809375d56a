/** Git repositories on a GitLab server: by Git where that is exact, by GitLab4J otherwise. */
@NullMarked
package org.balsam.platform.forge.gitlab;

import org.jspecify.annotations.NullMarked;
