/** Verification of an export without Balsam's database, network or framework. */
@NullMarked
@NamedInterface("verify")
package org.balsam.audit.verify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
