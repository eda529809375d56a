/** People and roles in Balsam's own database. */
@NullMarked
@NamedInterface("embedded")
package org.balsam.platform.identity.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
