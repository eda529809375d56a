/** The code of the model {@code projectOnboarding}. */
@NullMarked
package org.balsam.process.project;

import org.jspecify.annotations.NullMarked;
