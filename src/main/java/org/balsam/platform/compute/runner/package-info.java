/** The step runner: fetch, run, publish; needs no Spring and no server. */
@NullMarked
@NamedInterface("runner")
package org.balsam.platform.compute.runner;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
