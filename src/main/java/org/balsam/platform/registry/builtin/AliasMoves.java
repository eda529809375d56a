package org.balsam.platform.registry.builtin;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.AliasMove.Kind;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Rollback;
import org.jspecify.annotations.Nullable;

/**
 * Moves aliases, in the caller's transaction. What is refused is returned, not thrown, and nothing
 * was written then.
 */
final class AliasMoves {

  private final ModelRows rows;
  private final MoveRows moves;
  private final Clock clock;

  AliasMoves(ModelRows rows, MoveRows moves, Clock clock) {
    this.rows = rows;
    this.moves = moves;
    this.clock = clock;
  }

  /** Notes a move that no version lost an alias by. */
  void record(Kind kind, String key, RegisteredModel model) {
    moves.add(kind, key, model, null, null, clock.instant());
  }

  /**
   * Whether the promotion happened under its key.
   *
   * @throws Rejection when the key belongs to another move
   */
  boolean isDone(Promotion promotion) {
    return isDone(earlier(promotion), Kind.PROMOTED, promotion.version());
  }

  /**
   * Whether the roll-back happened under its key.
   *
   * @throws Rejection when the key belongs to another move
   */
  boolean isDone(Rollback rollback) {
    return isDone(earlier(rollback), Kind.ROLLED_BACK, rollback.target());
  }

  private Optional<AliasMove> earlier(Promotion promotion) {
    return earlier(promotion.project(), promotion.version(), promotion.key());
  }

  private Optional<AliasMove> earlier(Rollback rollback) {
    return earlier(rollback.project(), rollback.target(), rollback.key());
  }

  private Optional<AliasMove> earlier(ProjectId project, ModelVersionId version, String key) {
    if (key.isBlank() || key.length() > 200 || key.indexOf('\0') >= 0) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "key", "is 1 to 200 characters");
    }
    return moves.find(project, version.model(), key);
  }

  private static boolean isDone(Optional<AliasMove> move, Kind kind, ModelVersionId version) {
    move.flatMap(found -> anotherMove(found, kind, version)).ifPresent(AliasMoves::refuse);
    return move.isPresent();
  }

  private static Optional<Rejection> anotherMove(
      AliasMove move, Kind kind, ModelVersionId version) {
    return move.kind() == kind && move.version().equals(version)
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                ErrorCode.ALREADY_EXISTS,
                "the key "
                    + move.key()
                    + " belongs to another move of the aliases of "
                    + version.model()));
  }

  private static void refuse(Rejection refusal) {
    throw refusal;
  }

  /** Demands that the version is what was approved. */
  static void requireApproved(RegisteredModel model, Promotion promotion) {
    unlikeApproved(model, promotion).ifPresent(AliasMoves::refuse);
  }

  @Nullable Rejection promote(Promotion promotion) {
    var id = promotion.version();
    rows.lock(promotion.project(), id.model());
    var earlier = earlier(promotion);
    if (earlier.isPresent()) {
      return anotherMove(earlier.get(), Kind.PROMOTED, id).orElse(null);
    }
    var model = rows.find(promotion.project(), id).orElseThrow();
    var target =
        promotion.rollbackTarget() == null
            ? promotion.expectedChampion()
            : promotion.rollbackTarget();
    var refusal =
        unlikeApproved(model, promotion)
            .or(() -> anotherChampion(promotion.project(), id, promotion.expectedChampion()))
            .or(() -> notOf(model, Alias.CANDIDATE, "only a candidate is promoted"))
            .or(() -> neverChampion(promotion.project(), target));
    if (refusal.isEmpty()) {
      var former = promotion.expectedChampion();
      move(Kind.PROMOTED, promotion.key(), model, former, target);
    }
    return refusal.orElse(null);
  }

  @Nullable Rejection rollback(Rollback rollback) {
    var id = rollback.target();
    rows.lock(rollback.project(), id.model());
    var earlier = earlier(rollback);
    if (earlier.isPresent()) {
      return anotherMove(earlier.get(), Kind.ROLLED_BACK, id).orElse(null);
    }
    var target = rows.find(rollback.project(), id).orElseThrow();
    var refusal =
        anotherChampion(rollback.project(), id, rollback.expectedChampion())
            .or(() -> neverChampion(rollback.project(), id))
            .or(() -> notOf(target, Alias.ARCHIVED, "there is nothing to roll back"));
    if (refusal.isEmpty()) {
      move(Kind.ROLLED_BACK, rollback.key(), target, rollback.expectedChampion(), null);
    }
    return refusal.orElse(null);
  }

  @Nullable Rejection archive(ProjectId project, ModelVersionId version) {
    rows.lock(project, version.model());
    var model = rows.find(project, version).orElseThrow();
    if (model.alias() == Alias.CHAMPION) {
      return notOf(model, Alias.CANDIDATE, "only a candidate is given up").orElseThrow();
    }
    if (model.alias() == Alias.CANDIDATE) {
      rows.archive(project, version, clock.instant());
      record(Kind.ARCHIVED, "archived/" + version.label(), model);
    }
    return null;
  }

  private void move(
      Kind kind,
      String key,
      RegisteredModel model,
      @Nullable ModelVersionId former,
      @Nullable ModelVersionId target) {
    var now = clock.instant();
    if (former != null) {
      rows.archive(model.project(), former, now);
    }
    rows.crown(model.project(), model.id(), target);
    moves.add(kind, key, model, former, target, now);
  }

  private static Optional<Rejection> unlikeApproved(RegisteredModel model, Promotion promotion) {
    if (!model.artefact().equals(promotion.artefact())) {
      return changed(model, ErrorCode.ARTEFACT_CHANGED, "artefact", promotion.artefact().value());
    }
    return promotion.evidence().equals(model.evidence())
        ? Optional.empty()
        : changed(model, ErrorCode.EVIDENCE_CHANGED, "evidence", promotion.evidence().value());
  }

  private static Optional<Rejection> changed(
      RegisteredModel model, ErrorCode code, String what, String approved) {
    var found = code == ErrorCode.ARTEFACT_CHANGED ? model.artefact() : model.evidence();
    return Optional.of(
        new Rejection(
            code,
            "the %s of %s that was approved has sha256 %s, the registry holds %s; the approval is void"
                .formatted(what, model.id(), approved, found == null ? "none" : found)));
  }

  private Optional<Rejection> anotherChampion(
      ProjectId project, ModelVersionId id, @Nullable ModelVersionId expected) {
    var champion = rows.champion(project, id.model()).orElse(null);
    return Objects.equals(champion, expected)
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                ErrorCode.CHAMPION_CHANGED,
                "the champion of %s is %s, not %s as when it was decided; the decision is void"
                    .formatted(id.model(), named(champion), named(expected))));
  }

  private Optional<Rejection> neverChampion(ProjectId project, @Nullable ModelVersionId target) {
    if (target == null
        || rows.find(project, target).filter(RegisteredModel::promoted).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejection(
            ErrorCode.WRONG_STATE,
            target + " cannot be rolled back to: it never was champion in " + project));
  }

  private static Optional<Rejection> notOf(RegisteredModel model, Alias alias, String rule) {
    return model.alias() == alias
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                ErrorCode.WRONG_STATE, model.id() + " is " + model.alias().value() + "; " + rule));
  }

  private static String named(@Nullable ModelVersionId version) {
    return version == null ? "none" : version.value();
  }
}
