package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;

/** The namespace of a project with its limits, rights and network policies. */
final class ProjectNamespace {

  private static final int CONFLICT = 409;
  private static final String LEVEL = "pod-security.kubernetes.io/";
  private static final int RIGHTS_ATTEMPTS = 50;
  private static final long RIGHTS_EVERY_MS = 100;

  private final KubernetesClient client;
  private final ClusterNames names;
  private final NamespaceContents contents;

  ProjectNamespace(KubernetesClient client, ClusterNames names, NamespaceContents contents) {
    this.client = client;
    this.names = names;
    this.contents = contents;
  }

  /**
   * Makes sure that it is there as configured.
   *
   * @throws Rejection ALREADY_EXISTS when somebody else made it
   */
  void ensure(ProjectId project) {
    var name = names.namespace(project);
    KubernetesErrorMapper.run(
        "cannot make the namespace " + name,
        () -> {
          create(project);
          apply(namespace(project));
          apply(contents.binding(project));
          awaitRights(name);
          contents.all(project).forEach(this::apply);
        });
  }

  /** Removes it with everything in it; the cluster goes on removing after this returned. */
  void remove(ProjectId project) {
    var name = names.namespace(project);
    KubernetesErrorMapper.run(
        "cannot remove the namespace " + name,
        () -> {
          if (find(project).isPresent()) {
            client
                .apps()
                .deployments()
                .inNamespace(name)
                .withLabel(ClusterNames.OWNER, names.owner())
                .delete();
            client
                .namespaces()
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
          }
        });
  }

  /** The namespace, unless it is not there, is being removed, or is somebody else's. */
  Optional<Namespace> find(ProjectId project) {
    return Optional.ofNullable(client.namespaces().withName(names.namespace(project)).get())
        .filter(found -> names.owns(found, project))
        .filter(found -> found.getMetadata().getDeletionTimestamp() == null);
  }

  private void create(ProjectId project) {
    try {
      client.resource(namespace(project)).create();
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != CONFLICT) {
        throw trouble;
      }
      check(project);
    }
  }

  private void check(ProjectId project) {
    var name = names.namespace(project);
    var found = client.namespaces().withName(name).get();
    if (found != null && !names.owns(found, project)) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the namespace '%s' exists and does not belong to project '%s' of this Balsam (label %s=%s)"
              .formatted(name, project, ClusterNames.OWNER, names.owner()));
    }
    if (found == null || found.getMetadata().getDeletionTimestamp() != null) {
      throw new ExternalFailure(
          KubernetesErrorMapper.SYSTEM,
          true,
          "the namespace " + name + " is still being removed",
          null);
    }
  }

  private Namespace namespace(ProjectId project) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(names.namespace(project))
        .withLabels(names.labels(project))
        .addToLabels(LEVEL + "enforce", "restricted")
        .addToLabels(LEVEL + "enforce-version", "latest")
        .addToLabels(LEVEL + "warn", "restricted")
        .endMetadata()
        .build();
  }

  private void apply(HasMetadata thing) {
    client
        .resource(thing)
        .fieldManager(ClusterNames.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** The API server learns of a new binding a moment after it took it. */
  private void awaitRights(String namespace) {
    for (int attempt = 0; attempt < RIGHTS_ATTEMPTS && !mayWrite(namespace); attempt++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RIGHTS_EVERY_MS));
    }
  }

  private boolean mayWrite(String namespace) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withGroup("batch")
            .withResource("jobs")
            .withVerb("create")
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
