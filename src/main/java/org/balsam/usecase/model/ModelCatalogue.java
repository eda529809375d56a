package org.balsam.usecase.model;

import java.io.InputStream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Models, their versions and files as members of the project read them. */
@Component
public class ModelCatalogue {

  /** The largest model card that is read into memory, in bytes. */
  private static final int LARGEST_CARD = 4 * 1024 * 1024;

  private final ModelRegistry registry;
  private final RollbackRepository rollbacks;
  private final ObjectStore store;
  private final AuditTrail trail;

  ModelCatalogue(
      ModelRegistry registry, RollbackRepository rollbacks, ObjectStore store, AuditTrail trail) {
    this.registry = registry;
    this.rollbacks = rollbacks;
    this.store = store;
    this.trail = trail;
  }

  /** The project's models, by name. */
  public Page<ModelSummary> models(
      ProjectId project, int limit, @Nullable String cursor, Actor actor) {
    actor.requireMemberOf(project);
    return registry.models(project, limit, cursor);
  }

  /**
   * One model.
   *
   * @throws NotFound when there is none, or the actor is no member
   */
  public ModelSummary model(ProjectId project, ModelName model, Actor actor) {
    actor.requireMemberOf(project);
    return registry.model(project, model).orElseThrow(() -> unknown(project, model));
  }

  /** The version that has an alias; null when none has. */
  public @Nullable ModelVersionId holder(
      ProjectId project, ModelName model, Alias alias, Actor actor) {
    actor.requireMemberOf(project);
    return registry.alias(project, model, alias).map(RegisteredModel::id).orElse(null);
  }

  /** The versions of a model, highest first. */
  public Page<RegisteredModel> versions(
      ProjectId project, ModelName model, int limit, @Nullable String cursor, Actor actor) {
    model(project, model, actor);
    return registry.versions(project, model, limit, cursor);
  }

  /** How the aliases of a model moved, latest first. */
  public Page<AliasMove> history(
      ProjectId project, ModelName model, int limit, @Nullable String cursor, Actor actor) {
    model(project, model, actor);
    return registry.history(project, model, limit, cursor);
  }

  /**
   * One version.
   *
   * @throws NotFound when there is none, or the actor is no member
   */
  public RegisteredModel version(ProjectId project, ModelVersionId version, Actor actor) {
    actor.requireMemberOf(project);
    return registry
        .find(project, version)
        .orElseThrow(() -> new NotFound("there is no model version " + version));
  }

  /** The model card, verified. */
  public byte[] card(ProjectId project, ModelVersionId version, Actor actor) {
    return version(project, version, actor).card().content().read(store, LARGEST_CARD);
  }

  /**
   * A file of a version, verified while it is read. The reading is recorded.
   *
   * @param file null-free name of a file of the version
   */
  public InputStream open(ProjectId project, ModelVersionId version, ModelFile file, Actor actor) {
    actor.requireMemberOf(project);
    trail.recordSeparately(
        AuditEntry.done("model.read", project.value(), version.value())
            .with("file", file.name())
            .with("sha256", file.sha256().value()));
    return file.content().open(store);
  }

  /** The roll-backs of a model, latest first. */
  @Transactional(readOnly = true)
  public Page<RollbackView> rollbacks(
      ProjectId project, ModelName model, int limit, @Nullable String cursor, Actor actor) {
    model(project, model, actor);
    var after = Page.after(cursor, RollbackId::parse);
    var rows =
        rollbacks.page(
            project.value(),
            model.value(),
            after == null ? "" : after.value(),
            Limit.of(Page.limit(limit) + 1));
    return Page.of(rows, limit, row -> row.id).map(RollbackEntity::view);
  }

  /**
   * A roll-back of a model.
   *
   * @throws NotFound when there is none, or the actor is no member
   */
  @Transactional(readOnly = true)
  public RollbackView rollback(ProjectId project, RollbackId rollback, Actor actor) {
    actor.requireMemberOf(project);
    return rollbacks
        .findById(rollback.value())
        .filter(row -> row.project().equals(project))
        .map(RollbackEntity::view)
        .orElseThrow(() -> RollbackRepository.unknown(rollback));
  }

  static NotFound unknown(ProjectId project, ModelName model) {
    return new NotFound("there is no model '" + model + "' in " + project);
  }
}
