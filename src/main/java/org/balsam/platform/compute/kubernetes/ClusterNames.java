package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.Map;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;

/**
 * Names and labels in the cluster. Only what carries {@link #OWNER} with this installation's value
 * is ever changed or removed.
 */
record ClusterNames(Installation installation) {

  /** Who writes: the field manager of server-side apply. */
  static final String FIELD_MANAGER = "balsam";

  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String OWNER = "balsam.org/installation";
  static final String PROJECT = "balsam.org/project";
  static final String JOB = "balsam.org/job";
  static final String WORKSPACE = "balsam.org/workspace";
  static final String NETWORK = "balsam.org/network";
  static final String TOLD = "balsam.org/told";

  /** {@code nsi-prd}: the value of {@link #OWNER}. */
  String owner() {
    return installation.organisation() + "-" + installation.environment();
  }

  /** {@code prd-lfs}. */
  String namespace(ProjectId project) {
    return installation.environment() + "-" + project;
  }

  Map<String, String> labels(ProjectId project) {
    var labels = new HashMap<String, String>();
    labels.put(MANAGED_BY, FIELD_MANAGER);
    labels.put(OWNER, owner());
    labels.put(PROJECT, project.value());
    return labels;
  }

  Map<String, String> labels(ProjectId project, String key, String value) {
    var labels = labels(project);
    labels.put(key, value);
    return labels;
  }

  /** Of something in the project's namespace. */
  ObjectMeta meta(ProjectId project, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace(project))
        .withLabels(labels(project))
        .build();
  }

  /** Whether Balsam made it, and for this project. */
  boolean owns(HasMetadata thing, ProjectId project) {
    var labels = thing.getMetadata().getLabels();
    return labels != null
        && owner().equals(labels.get(OWNER))
        && project.value().equals(labels.get(PROJECT));
  }
}
