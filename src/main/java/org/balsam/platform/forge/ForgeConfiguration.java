package org.balsam.platform.forge;

import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.forge.local.LocalForge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the forge and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class ForgeConfiguration {

  @Bean
  Forge forge(ForgeProperties properties, BalsamHome home, Clock clock, AuditTrail trail) {
    var forge =
        switch (properties.type()) {
          case LOCAL -> new LocalForge(home.resolve("git"), clock);
        };
    return new AuditedForge(forge, trail);
  }
}
