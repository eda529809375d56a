package org.balsam.platform.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ForgeConfigurationTest {

  @EnableConfigurationProperties({BalsamHome.class, ForgeProperties.class, Installation.class})
  static class Properties {}

  @Test
  void onlyTheAuditedForgeIsPublished(@TempDir Path home) {
    var application =
        new ApplicationContextRunner()
            .withUserConfiguration(Properties.class, ForgeConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(AuditTrail.class, RecordedAudit::new)
            .withPropertyValues("balsam.home=" + home);
    application.run(
        context -> {
          assertThat(context).hasSingleBean(Forge.class);
          assertThat(context.getBean(Forge.class)).isInstanceOf(AuditedForge.class);
          assertThat(home.resolve("git")).isDirectory();
        });
    application
        .withPropertyValues("balsam.forge.type=gitlab")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("balsam.forge.gitlab.url")
                    .hasStackTraceContaining("is not set"));
  }
}
