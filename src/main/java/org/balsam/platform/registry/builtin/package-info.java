/** The registry in Balsam's own database and object storage. */
@NullMarked
package org.balsam.platform.registry.builtin;

import org.jspecify.annotations.NullMarked;
