package org.balsam.cli.demo;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Demo mode: a project with data and people whose passwords everybody knows, on loopback only.
 *
 * @param enabled unset means: exactly when database and identity are embedded and the server
 *     listens on loopback. {@code true} on another address is refused.
 */
@ConfigurationProperties("balsam.demo")
public record DemoProperties(@Nullable Boolean enabled) {}
