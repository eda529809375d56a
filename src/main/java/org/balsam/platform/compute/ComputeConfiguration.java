package org.balsam.platform.compute;

import org.balsam.audit.AuditTrail;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.compute.kubernetes.KubernetesCompute;
import org.balsam.platform.compute.local.LocalJobRuntime;
import org.balsam.platform.compute.local.LocalProbe;
import org.balsam.platform.compute.local.LocalWorkspaceRuntime;
import org.balsam.platform.compute.workspace.WorkspaceCode;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Chooses where steps run and publishes it in its audited form only. */
@Configuration(proxyBeanMethods = false)
class ComputeConfiguration {

  /** One connection for jobs and workspaces, opened only where the cluster is used. */
  @Bean
  @Lazy
  KubernetesCompute kubernetesCompute(
      KubernetesProperties settings,
      Installation installation,
      StorageAccess storage,
      ObjectStore store,
      Forge forge) {
    return new KubernetesCompute(
        settings.required(), installation, storage, store, forge::checkOut);
  }

  @Bean
  Probe computeProbe(
      ComputeProperties properties, BalsamHome home, ObjectProvider<KubernetesCompute> cluster) {
    return switch (properties.type()) {
      case LOCAL -> new LocalProbe(home.resolve("jobs"), home.resolve("workspaces"));
      case KUBERNETES -> cluster.getObject().probe();
    };
  }

  @Bean
  JobRuntime jobRuntime(
      ComputeProperties properties,
      BalsamHome home,
      StorageAccess storage,
      ObjectProvider<KubernetesCompute> cluster,
      Forge forge,
      ApplicationEventPublisher events,
      AuditTrail trail) {
    return switch (properties.type()) {
      case LOCAL -> {
        var runtime =
            new LocalJobRuntime(
                home.resolve("jobs"),
                storage,
                new ForgeAccess(forge),
                properties.local(),
                events::publishEvent);
        yield new AuditedJobRuntime(runtime, runtime, trail);
      }
      case KUBERNETES -> {
        var runtime = cluster.getObject().jobs(events::publishEvent);
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
      ObjectProvider<KubernetesCompute> cluster,
      AuditTrail trail) {
    return switch (properties.type()) {
      case LOCAL ->
          new AuditedWorkspaceRuntime(
              new LocalWorkspaceRuntime(
                  home.resolve("workspaces"),
                  store,
                  new WorkspaceCode(forge::checkOut, forge::link),
                  properties.local().path()),
              trail);
      case KUBERNETES -> new AuditedWorkspaceRuntime(cluster.getObject().workspaces(), trail);
    };
  }
}
