package org.balsam.platform.registry;

import java.util.List;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.AuditedEffect;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose every change is recorded. A change that is repeated is recorded again: the first
 * time may have ended before its record was committed.
 */
final class AuditedModelRegistry implements ModelRegistry {

  private final ModelRegistry registry;
  private final AuditTrail trail;

  AuditedModelRegistry(ModelRegistry registry, AuditTrail trail) {
    this.registry = registry;
    this.trail = trail;
  }

  @Override
  public RegisteredModel register(Registration registration) {
    return AuditedEffect.of(
        trail,
        AuditEntry.done(
                "model.registered", registration.project().value(), registration.training().value())
            .with("model", registration.model().value()),
        () -> registry.register(registration),
        AuditedModelRegistry::describe);
  }

  @Override
  public RegisteredModel attachEvidence(
      ProjectId project, ModelVersionId version, List<ModelSource> files) {
    return AuditedEffect.of(
        trail,
        entry("model.evidence.attached", project, version)
            .with("files", files.stream().map(ModelSource::name).sorted().toList()),
        () -> registry.attachEvidence(project, version, files),
        AuditedModelRegistry::describe);
  }

  @Override
  public RegisteredModel promote(Promotion promotion) {
    return AuditedEffect.of(
        trail,
        entry("model.promoted", promotion.project(), promotion.version())
            .with("key", promotion.key())
            .with("approvedArtefact", promotion.artefact().value())
            .with("approvedEvidence", promotion.evidence().value())
            .with("expectedChampion", text(promotion.expectedChampion()))
            .with("rollbackTarget", text(promotion.rollbackTarget())),
        () -> registry.promote(promotion),
        AuditedModelRegistry::describe);
  }

  @Override
  public RegisteredModel rollback(Rollback rollback) {
    return AuditedEffect.of(
        trail,
        entry("model.rolled.back", rollback.project(), rollback.target())
            .with("key", rollback.key())
            .with("expectedChampion", rollback.expectedChampion().value()),
        () -> registry.rollback(rollback),
        AuditedModelRegistry::describe);
  }

  @Override
  public RegisteredModel archive(ProjectId project, ModelVersionId version) {
    return AuditedEffect.of(
        trail,
        entry("model.archived", project, version),
        () -> registry.archive(project, version),
        AuditedModelRegistry::describe);
  }

  @Override
  public Optional<RegisteredModel> find(ProjectId project, ModelVersionId version) {
    return registry.find(project, version);
  }

  @Override
  public Optional<RegisteredModel> find(TrainingId training) {
    return registry.find(training);
  }

  @Override
  public Page<ModelSummary> models(ProjectId project, int limit, @Nullable String cursor) {
    return registry.models(project, limit, cursor);
  }

  @Override
  public Optional<ModelSummary> model(ProjectId project, ModelName model) {
    return registry.model(project, model);
  }

  @Override
  public Page<RegisteredModel> versions(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    return registry.versions(project, model, limit, cursor);
  }

  @Override
  public Optional<RegisteredModel> alias(ProjectId project, ModelName model, Alias alias) {
    return registry.alias(project, model, alias);
  }

  @Override
  public RegisteredModel lockChampion(ProjectId project, ModelName model) {
    return registry.lockChampion(project, model);
  }

  @Override
  public Page<AliasMove> history(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    return registry.history(project, model, limit, cursor);
  }

  @Override
  public void verify(ProjectId project, ModelVersionId version) {
    registry.verify(project, version);
  }

  private static AuditEntry entry(String action, ProjectId project, ModelVersionId version) {
    return AuditEntry.done(action, project.value(), version.value());
  }

  private static AuditEntry describe(AuditEntry entry, RegisteredModel model) {
    var described =
        entry
            .with("version", model.id().value())
            .with("training", model.training().value())
            .with("artefact", model.artefact().value());
    return model.evidence() == null
        ? described
        : described.with("evidence", model.evidence().value());
  }

  private static String text(@Nullable ModelVersionId version) {
    return version == null ? "none" : version.value();
  }
}
