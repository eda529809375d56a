package org.balsam.platform.registry.mlflow;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.OutsideChange;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.balsam.platform.registry.RegistryProperties.Mlflow;
import org.balsam.platform.registry.Rollback;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides by another registry, and shows on an MLflow server what was decided. MLflow is never
 * asked what is true. What MLflow does not take is an {@link ExternalFailure} that fails the
 * caller's transaction; without one the decision stands. Repeating the call completes it.
 */
public final class MlflowModelRegistry implements ModelRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(MlflowModelRegistry.class);

  private final ModelRegistry decided;
  private final MlflowApi api;
  private final String probeName;
  private final MlflowMirror mirror;
  private final MlflowComparison comparison;

  /** Shows what {@code decided} decides; the server is not called yet. */
  public MlflowModelRegistry(
      ModelRegistry decided,
      Mlflow settings,
      Installation installation,
      JdbcClient database,
      PlatformTransactionManager transactions,
      ObjectStore store,
      Clock clock) {
    this.decided = decided;
    this.api = new MlflowApi(settings);
    var names = new MlflowNames(installation);
    this.probeName = names.owner() + ".balsam-probe";
    var models = new MlflowModels(api, names);
    var runs = new MlflowRuns(api, names, new EvidenceFigures(store), clock);
    var rows = new MirrorRows(database);
    this.mirror = new MlflowMirror(decided, models, runs, rows, transactions);
    this.comparison = new MlflowComparison(decided, models, mirror, rows, clock);
  }

  @Override
  public RegisteredModel register(Registration registration) {
    return show(decided.register(registration));
  }

  @Override
  public RegisteredModel attachEvidence(
      ProjectId project, ModelVersionId version, List<ModelSource> files) {
    return show(decided.attachEvidence(project, version, files));
  }

  @Override
  public RegisteredModel promote(Promotion promotion) {
    return show(decided.promote(promotion));
  }

  @Override
  public RegisteredModel archive(ProjectId project, ModelVersionId version) {
    return show(decided.archive(project, version));
  }

  /** A server that is down does not stand in the way of an emergency: it is shown later then. */
  @Override
  public RegisteredModel rollback(Rollback rollback) {
    var model = decided.rollback(rollback);
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              showIfPossible(model);
            }
          });
    } else {
      showIfPossible(model);
    }
    return model;
  }

  private RegisteredModel show(RegisteredModel model) {
    mirror.show(model.project(), model.id().model(), List.of(model));
    return model;
  }

  private void showIfPossible(RegisteredModel model) {
    try {
      mirror.showSeparately(model.project(), model.id().model(), List.of(model));
    } catch (ExternalFailure | Rejection later) {
      LOG.warn(
          "MLflow will be told later of the roll-back to {}: {}", model.id(), later.getMessage());
    }
  }

  /**
   * Looks whether MLflow shows of models what Balsam made it show, and shows decisions that it
   * could not be told of before. What somebody changed there is found, not changed. To be called in
   * a transaction, which keeps since when.
   *
   * @param limit how many models, 1 to 200
   * @param cursor of the page before, null for the first
   */
  public Page<OutsideChange> compare(int limit, @Nullable String cursor) {
    return comparison.compare(limit, cursor);
  }

  /** Shows everything about a model anew. */
  public void restore(ProjectId project, ModelName model) {
    mirror.showAll(project, model);
  }

  /** Makes a model of its own on the server, reads it and removes it. */
  public void probe() {
    var name = Map.of("name", probeName + "." + UUID.randomUUID());
    api.post("registered-models/create", name);
    api.get("registered-models/get", name);
    api.delete("registered-models/delete", name);
  }

  /** Asks the server for the name of a model. */
  public void glance() {
    api.get("registered-models/search", Map.of("max_results", "1"));
  }

  @Override
  public Optional<RegisteredModel> find(ProjectId project, ModelVersionId version) {
    return decided.find(project, version);
  }

  @Override
  public Optional<RegisteredModel> find(TrainingId training) {
    return decided.find(training);
  }

  @Override
  public Page<ModelSummary> models(ProjectId project, int limit, @Nullable String cursor) {
    return decided.models(project, limit, cursor);
  }

  @Override
  public Optional<ModelSummary> model(ProjectId project, ModelName model) {
    return decided.model(project, model);
  }

  @Override
  public Page<RegisteredModel> versions(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    return decided.versions(project, model, limit, cursor);
  }

  @Override
  public Optional<RegisteredModel> alias(ProjectId project, ModelName model, Alias alias) {
    return decided.alias(project, model, alias);
  }

  @Override
  public RegisteredModel lockChampion(ProjectId project, ModelName model) {
    return decided.lockChampion(project, model);
  }

  @Override
  public Page<AliasMove> history(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    return decided.history(project, model, limit, cursor);
  }

  @Override
  public void verify(ProjectId project, ModelVersionId version) {
    decided.verify(project, version);
  }
}
