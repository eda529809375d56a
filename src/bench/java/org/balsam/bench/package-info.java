/** Compares Balsam with the bare engine; see {@code docs/performance.md}. */
@NullMarked
package org.balsam.bench;

import org.jspecify.annotations.NullMarked;
