/** The demo: its mode, its people and first round, and the story played without a human. */
@NullMarked
package org.balsam.cli.demo;

import org.jspecify.annotations.NullMarked;
