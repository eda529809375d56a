package org.balsam.usecase.round;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rounds.
 *
 * @param evidenceRetention how long nobody can delete the evidence of a released round, for example
 *     {@code 10y}
 */
@ConfigurationProperties("balsam.round")
record RoundProperties(@DefaultValue("10y") Period evidenceRetention) {}
