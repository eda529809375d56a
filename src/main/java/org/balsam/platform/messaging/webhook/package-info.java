/** Notices to incoming webhooks of chats, and as CloudEvents. */
@NullMarked
package org.balsam.platform.messaging.webhook;

import org.jspecify.annotations.NullMarked;
