/** Notices in Balsam's own inbox. */
@NullMarked
package org.balsam.platform.messaging.inapp;

import org.jspecify.annotations.NullMarked;
