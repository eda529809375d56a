/** Notices in private channels and direct messages of a Rocket.Chat server. */
@NullMarked
package org.balsam.platform.messaging.rocketchat;

import org.jspecify.annotations.NullMarked;
