package org.balsam.cli;

import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.standard.catalogue.WorkspaceCatalogue;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * The adapters and the templates of workspaces as the server would have them, and nothing else: no
 * engine, no web server, no migration. Nothing is started, because a server may run beside it, and
 * nothing is audited, because a probe touches nothing of a project.
 */
@ConfigurationPropertiesScan("org.balsam")
@ComponentScan(
    basePackages = {"org.balsam.kernel", "org.balsam.platform", "org.balsam.standard.catalogue"},
    excludeFilters =
        @Filter(
            type = FilterType.REGEX,
            pattern = "org\\.balsam\\.platform\\.(identity\\.web|health)\\..*"))
@ImportAutoConfiguration({
  DataSourceTransactionManagerAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class
})
class DoctorContext {

  /** Makes nothing but the probes and what they need; Spring Boot's own way leaves some out. */
  @Bean
  static BeanFactoryPostProcessor lazyBeans() {
    return factory -> {
      for (var name : factory.getBeanDefinitionNames()) {
        factory.getBeanDefinition(name).setLazyInit(true);
      }
    };
  }

  @Bean
  WorkspaceTemplatesProbe workspaceTemplatesProbe(WorkspaceCatalogue catalogue) {
    return new WorkspaceTemplatesProbe(catalogue);
  }

  /** Keeps back what would otherwise begin by itself: jobs, deliveries, watches. */
  @Bean
  LifecycleProcessor lifecycleProcessor() {
    return new LifecycleProcessor() {
      @Override
      public void start() {}

      @Override
      public void stop() {}

      @Override
      public boolean isRunning() {
        return false;
      }

      @Override
      public void onRefresh() {}

      @Override
      public void onClose() {}
    };
  }

  /** There is no trail to write to; a probe that needs one is at fault. */
  @Bean
  AuditTrail auditTrail() {
    return new AuditTrail() {
      @Override
      public String record(AuditEntry entry) {
        throw new IllegalStateException("a probe does nothing that is audited: " + entry.action());
      }

      @Override
      public String recordSeparately(AuditEntry entry) {
        return record(entry);
      }
    };
  }
}
