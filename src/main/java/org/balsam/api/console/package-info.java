/** The console: pages in a browser that use the public REST API and nothing else. */
@NullMarked
package org.balsam.api.console;

import org.jspecify.annotations.NullMarked;
