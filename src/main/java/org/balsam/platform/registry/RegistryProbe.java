package org.balsam.platform.registry;

import java.util.Optional;
import org.balsam.kernel.Probe;
import org.balsam.platform.registry.RegistryProperties.Type;
import org.balsam.platform.registry.mlflow.MlflowModelRegistry;

/** Asks the server that shows models; the registry that decides is Balsam's own database. */
final class RegistryProbe implements Probe {

  private final Optional<MlflowModelRegistry> shown;
  private final RegistryProperties properties;

  RegistryProbe(Optional<MlflowModelRegistry> shown, RegistryProperties properties) {
    this.shown = shown;
    this.properties = properties;
  }

  @Override
  public String port() {
    return "registry";
  }

  @Override
  public String target() {
    return properties.type() == Type.MLFLOW
        ? "mlflow " + properties.requireMlflow().url()
        : "builtin";
  }

  @Override
  public void check() {
    shown.ifPresent(MlflowModelRegistry::probe);
  }

  @Override
  public void glance() {
    shown.ifPresent(MlflowModelRegistry::glance);
  }
}
