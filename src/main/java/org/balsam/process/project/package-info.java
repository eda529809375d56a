/** The code of the models {@code projectOnboarding} and {@code projectClosure}. */
@NullMarked
package org.balsam.process.project;

import org.jspecify.annotations.NullMarked;
