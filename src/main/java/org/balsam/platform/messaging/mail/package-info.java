/** Notices as mail, by SMTP. */
@NullMarked
package org.balsam.platform.messaging.mail;

import org.jspecify.annotations.NullMarked;
