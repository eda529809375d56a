package org.balsam.platform.registry.mlflow;

import org.balsam.kernel.Installation;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;

/**
 * What things are called in MLflow, whose names are one space for everybody: {@code
 * nsi-prd.ml-coicop.coicop-coder} is a registered model, {@code nsi-prd.ml-coicop} the experiment
 * with the project's runs. No part holds a full stop, so the names tell their parts.
 */
record MlflowNames(Installation installation) {

  /** Names this installation in tags. */
  String owner() {
    return installation.organisation() + "-" + installation.environment();
  }

  String model(ProjectId project, ModelName model) {
    return experiment(project) + "." + model;
  }

  String experiment(ProjectId project) {
    return owner() + "." + project;
  }
}
