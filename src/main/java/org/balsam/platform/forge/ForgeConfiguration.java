package org.balsam.platform.forge;

import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.forge.clean.CleanForge;
import org.balsam.platform.forge.gitlab.GitLabForge;
import org.balsam.platform.forge.gitlab.JdbcTokenLedger;
import org.balsam.platform.forge.gitlab.TokenLedger;
import org.balsam.platform.forge.local.GitOverHttp;
import org.balsam.platform.forge.local.LocalForge;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Chooses the forge and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class ForgeConfiguration {

  @Bean
  Forge forge(
      ForgeProperties properties,
      Installation installation,
      BalsamHome home,
      Clock clock,
      AuditTrail trail,
      ObjectProvider<TokenLedger> ledger) {
    var forge = open(properties, installation, home, clock, ledger);
    return new AuditedForge(new CleanForge(forge), trail);
  }

  @Bean
  Probe forgeProbe(
      ForgeProperties properties,
      Installation installation,
      BalsamHome home,
      Clock clock,
      ObjectProvider<TokenLedger> ledger) {
    var target =
        switch (properties.type()) {
          case LOCAL -> "local " + home.resolve("git");
          case GITLAB ->
              "gitlab %s/%s"
                  .formatted(properties.requireGitLab().url(), properties.requireGitLab().group());
        };
    return new ForgeProbe(open(properties, installation, home, clock, ledger), target, clock);
  }

  /** People's own Git; other forges serve it themselves. */
  @Bean
  @ConditionalOnProperty(name = "balsam.forge.type", havingValue = "local", matchIfMissing = true)
  ServletRegistrationBean<HttpServlet> gitOverHttp(BalsamHome home, AuditTrail trail) {
    var servlet = GitOverHttp.servlet(home.resolve("git"), trail);
    var registration = new ServletRegistrationBean<>(servlet, "/git/*");
    registration.setName("git");
    return registration;
  }

  @Bean
  @Lazy
  TokenLedger tokenLedger(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new JdbcTokenLedger(jdbc, transactions);
  }

  private static Forge open(
      ForgeProperties properties,
      Installation installation,
      BalsamHome home,
      Clock clock,
      ObjectProvider<TokenLedger> ledger) {
    return switch (properties.type()) {
      case LOCAL -> new LocalForge(home.resolve("git"), clock);
      case GITLAB ->
          new GitLabForge(
              properties.requireGitLab(),
              installation,
              home.resolve("gitlab"),
              ledger.getObject(),
              clock);
    };
  }
}
