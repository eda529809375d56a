/** People, groups and sign-in of a Keycloak realm. */
@NullMarked
@NamedInterface("keycloak")
package org.balsam.platform.identity.keycloak;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
