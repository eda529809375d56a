package org.balsam.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The REST API.
 *
 * @param maxBody largest JSON body; larger ones are answered with 413
 * @param maxEvent largest event of a GitLab server, which writes up to 25 MiB; larger ones are
 *     answered with 413
 * @param maxUpload largest file of a delivery; larger ones are answered with 413
 * @param maxFollowers how many connections at once follow the trail on this node; further ones are
 *     answered with 503
 */
@ConfigurationProperties("balsam.api")
record ApiProperties(
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("25MB") DataSize maxEvent,
    @DefaultValue("10GB") DataSize maxUpload,
    @DefaultValue("100") int maxFollowers) {}
