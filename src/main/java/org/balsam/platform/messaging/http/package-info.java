/** How letters leave by HTTP: to addresses that are allowed, within time limits. */
@NullMarked
package org.balsam.platform.messaging.http;

import org.jspecify.annotations.NullMarked;
