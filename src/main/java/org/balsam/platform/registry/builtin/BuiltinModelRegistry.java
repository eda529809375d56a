package org.balsam.platform.registry.builtin;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.balsam.platform.registry.Rollback;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Versions and aliases in PostgreSQL, files in object storage. */
public final class BuiltinModelRegistry implements ModelRegistry {

  private final ModelRows rows;
  private final MoveRows moves;
  private final ModelFiles files;
  private final AliasMoves aliases;
  private final TransactionOperations transactions;
  private final Clock clock;

  public BuiltinModelRegistry(
      JdbcClient database,
      TransactionOperations transactions,
      ObjectStore store,
      BucketNames buckets,
      Clock clock) {
    this.rows = new ModelRows(database);
    this.moves = new MoveRows(database);
    this.files = new ModelFiles(store, buckets);
    this.aliases = new AliasMoves(rows, moves, clock);
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public RegisteredModel register(Registration registration) {
    var known = rows.find(registration.training());
    if (known.isEmpty()) {
      var stored = store(registration);
      settle(() -> number(registration, stored));
    }
    var registered = known.orElseGet(() -> require(rows.find(registration.training()), "it"));
    if (!registered.id().model().equals(registration.model())
        || !registered.artefact().equals(ModelFiles.artefact(registration.files()))) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          registration.training()
              + " registered other files already, as "
              + registered.id()
              + "; a training has one result, train again for another");
    }
    return registered;
  }

  private RegisteredModel store(Registration registration) {
    var bucket = files.bucket(registration.project());
    var folder = registration.model() + "/" + registration.training();
    var artefact = files.store(bucket, folder + "/artefact", registration.files());
    var card = ModelSource.of(ModelFile.CARD, registration.card());
    return new RegisteredModel(
        registration.project(),
        ModelVersionId.first(registration.model()),
        registration.training(),
        Alias.CANDIDATE,
        false,
        ModelFiles.artefact(registration.files()),
        null,
        artefact,
        files.store(bucket, folder + "/card", card),
        List.of(),
        clock.instant(),
        CallContext.current().actor().id());
  }

  private @Nullable Rejection number(Registration registration, RegisteredModel stored) {
    rows.lock(registration.project(), registration.model());
    var id =
        rows.highest(registration.project(), registration.model())
            .map(highest -> highest.next(registration.change()))
            .orElse(stored.id());
    var model = stored.withId(id);
    if (rows.add(model)) {
      aliases.record(AliasMove.Kind.REGISTERED, "registered/" + id.label(), model);
    }
    return null;
  }

  @Override
  public RegisteredModel attachEvidence(
      ProjectId project, ModelVersionId version, List<ModelSource> sources) {
    var evidence = ModelSource.check(sources);
    var model = require(project, version);
    if (!ModelFiles.evidence(model.card().sha256(), evidence).equals(model.evidence())) {
      var folder = version.model() + "/" + model.training() + "/evidence";
      var stored = files.store(files.bucket(project), folder, evidence);
      settle(() -> replaceEvidence(project, version, evidence, stored));
    }
    return require(project, version);
  }

  private @Nullable Rejection replaceEvidence(
      ProjectId project,
      ModelVersionId version,
      List<ModelSource> sources,
      List<ModelFile> stored) {
    rows.lock(project, version.model());
    var model = require(project, version);
    if (model.alias() != Alias.CANDIDATE) {
      return new Rejection(
          ErrorCode.WRONG_STATE,
          version + " is " + model.alias().value() + "; only a candidate gets other evidence");
    }
    var card =
        stored.stream().filter(file -> file.named(ModelFile.CARD)).findFirst().orElse(model.card());
    var others = stored.stream().filter(file -> !file.named(ModelFile.CARD)).toList();
    var checksum = ModelFiles.evidence(model.card().sha256(), sources);
    rows.replaceEvidence(model, checksum, card, others);
    return null;
  }

  @Override
  public RegisteredModel promote(Promotion promotion) {
    var model = require(promotion.project(), promotion.version());
    if (!aliases.isDone(promotion)) {
      AliasMoves.requireApproved(model, promotion);
      files.verify(model, true);
      settle(() -> aliases.promote(promotion));
    }
    return require(promotion.project(), promotion.version());
  }

  @Override
  public RegisteredModel rollback(Rollback rollback) {
    var target = require(rollback.project(), rollback.target());
    require(rollback.project(), rollback.expectedChampion());
    if (!aliases.isDone(rollback)) {
      files.verify(target, false);
      settle(() -> aliases.rollback(rollback));
    }
    return require(rollback.project(), rollback.target());
  }

  @Override
  public RegisteredModel archive(ProjectId project, ModelVersionId version) {
    require(project, version);
    settle(() -> aliases.archive(project, version));
    return require(project, version);
  }

  @Override
  public void verify(ProjectId project, ModelVersionId version) {
    files.verify(require(project, version), true);
  }

  @Override
  public Optional<RegisteredModel> find(ProjectId project, ModelVersionId version) {
    return rows.find(project, version);
  }

  @Override
  public Optional<RegisteredModel> find(TrainingId training) {
    return rows.find(training);
  }

  @Override
  public Optional<RegisteredModel> alias(ProjectId project, ModelName model, Alias alias) {
    return rows.alias(project, model, alias);
  }

  @Override
  public RegisteredModel lockChampion(ProjectId project, ModelName model) {
    require(rows.alias(project, model, Alias.CHAMPION), "called champion of " + model);
    settle(
        () -> {
          rows.lock(project, model);
          return null;
        });
    return require(rows.alias(project, model, Alias.CHAMPION), "called champion of " + model);
  }

  @Override
  public Page<ModelSummary> models(ProjectId project, int limit, @Nullable String cursor) {
    var last = Page.after(cursor, ModelName::new);
    var after = last == null ? "" : last.value();
    return Page.of(
        moves.summaries(project, Page.limit(limit), after), limit, model -> model.name().value());
  }

  @Override
  public Optional<ModelSummary> model(ProjectId project, ModelName model) {
    return moves.summary(project, model);
  }

  @Override
  public Page<RegisteredModel> versions(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    var below = Page.after(cursor, last -> ModelVersionId.parse(model + "@" + last));
    return Page.of(
        rows.page(project, model, Page.limit(limit), below),
        limit,
        version -> version.id().label());
  }

  @Override
  public Page<AliasMove> history(
      ProjectId project, ModelName model, int limit, @Nullable String cursor) {
    var last = Page.after(cursor, Long::parseLong);
    return Page.of(
        moves.page(project, model, Page.limit(limit), last == null ? Long.MAX_VALUE : last),
        limit,
        move -> String.valueOf(move.number()));
  }

  /** A rejection that is thrown across the transaction would spoil the caller's. */
  private void settle(Supplier<@Nullable Rejection> work) {
    var outcome = transactions.execute(status -> Optional.ofNullable(work.get()));
    Objects.requireNonNull(outcome).ifPresent(BuiltinModelRegistry::refuse);
  }

  private static void refuse(Rejection refusal) {
    throw refusal;
  }

  private RegisteredModel require(ProjectId project, ModelVersionId version) {
    return require(rows.find(project, version), version + " in " + project);
  }

  private static RegisteredModel require(Optional<RegisteredModel> model, String name) {
    return model.orElseThrow(() -> new NotFound("there is no model version " + name));
  }
}
