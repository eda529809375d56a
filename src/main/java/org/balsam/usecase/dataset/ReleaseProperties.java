package org.balsam.usecase.dataset;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rules for released data.
 *
 * @param retention how long a released object cannot be deleted by anybody, as an ISO 8601 period
 */
@ConfigurationProperties("balsam.release")
public record ReleaseProperties(@DefaultValue("P10Y") Period retention) {}
