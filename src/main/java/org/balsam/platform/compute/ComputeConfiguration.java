package org.balsam.platform.compute;

import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.platform.compute.local.LocalJobRuntime;
import org.balsam.platform.compute.local.LocalWorkspaceRuntime;
import org.balsam.platform.compute.local.WorkspaceCode;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses where steps run and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class ComputeConfiguration {

  @Bean
  JobRuntime jobRuntime(
      ComputeProperties properties,
      BalsamHome home,
      StorageAccess storage,
      ApplicationEventPublisher events,
      AuditTrail trail) {
    return switch (properties.type()) {
      case LOCAL -> {
        var runtime =
            new LocalJobRuntime(
                home.resolve("jobs"), storage, properties.local(), events::publishEvent);
        yield new AuditedJobRuntime(runtime, runtime, trail);
      }
    };
  }

  @Bean
  WorkspaceRuntime workspaceRuntime(
      ComputeProperties properties,
      BalsamHome home,
      ObjectStore store,
      Forge forge,
      AuditTrail trail) {
    return switch (properties.type()) {
      case LOCAL ->
          new AuditedWorkspaceRuntime(
              new LocalWorkspaceRuntime(
                  home.resolve("workspaces"),
                  store,
                  new WorkspaceCode(forge::cloneUri, CodeCheckout::fetch, CodeCheckout::link),
                  properties.local().path()),
              trail);
    };
  }
}
