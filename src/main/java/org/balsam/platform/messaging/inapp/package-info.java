/** Notices in Balsam's own inbox and log. */
@NullMarked
package org.balsam.platform.messaging.inapp;

import org.jspecify.annotations.NullMarked;
