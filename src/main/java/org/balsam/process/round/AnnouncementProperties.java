package org.balsam.process.round;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How moments of release are announced.
 *
 * @param zone the time zone in which the public reads them, for example {@code Europe/Vienna}
 */
@ConfigurationProperties("balsam.announcement")
record AnnouncementProperties(@DefaultValue("UTC") ZoneId zone) {}
