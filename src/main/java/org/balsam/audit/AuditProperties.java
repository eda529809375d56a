package org.balsam.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit trail.
 *
 * @param origin the name of the log, part of every checkpoint, best a URL without scheme that the
 *     institute owns, for example {@code nsi.example/balsam/audit}; used when the key is made at
 *     the first start; without it a random name is made
 * @param key the file with the signing key, the same for all nodes; {@code audit/key} under {@code
 *     balsam.home} unless set; made at the first start if absent
 * @param interval time between two sealings
 * @param node the name of this node in events; the host's name unless set
 */
@ConfigurationProperties("balsam.audit")
public record AuditProperties(
    @Nullable String origin,
    @Nullable Path key,
    @DefaultValue("1s") Duration interval,
    @Nullable String node) {

  public AuditProperties {
    if (interval.toMillis() < 100 || interval.toSeconds() > 60) {
      throw new IllegalArgumentException(
          "balsam.audit.interval is " + interval + "; allowed: 100ms to 60s");
    }
  }
}
