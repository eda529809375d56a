package org.balsam.process.engine;

import java.io.ByteArrayInputStream;
import java.util.TreeMap;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Sha256;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Deploys the models as one deployment, and only when a file has changed. Forms are bound to their
 * deployment, so an unchanged form goes along with a changed model.
 */
@Component
class ModelDeployer {

  private static final String NAME = "balsam";

  private final RepositoryService repository;
  private final ProcessesProperties properties;
  private final AuditTrail audit;

  ModelDeployer(
      @Lazy RepositoryService repository, ProcessesProperties properties, AuditTrail audit) {
    this.repository = repository;
    this.properties = properties;
    this.audit = audit;
  }

  /** Called in a transaction, under a lock against other nodes, before the first job runs. */
  void deploy() {
    var files = ModelFiles.find(properties.location());
    if (files.isEmpty()) {
      return;
    }
    var before = repository.createDeploymentQuery().deploymentName(NAME).count();
    var builder =
        repository.createDeployment().name(NAME).source(NAME).enableDuplicateFiltering(false);
    var hashes = new TreeMap<String, Object>();
    files.forEach(
        (name, content) -> {
          builder.addInputStream(name, new ByteArrayInputStream(content));
          hashes.put(name, Sha256.of(content).value());
        });
    var deployment = builder.deploy();
    if (repository.createDeploymentQuery().deploymentName(NAME).count() > before) {
      audit.record(
          AuditEntry.done("deployment.created", null, deployment.getId())
              .with("resources", hashes));
    }
  }
}
