package org.balsam.usecase.model;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.ShownText;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks for a model to go back to a former champion, and starts the process that does it. */
@Component
public class RequestRollback {

  static final Set<RollbackState> OPEN =
      EnumSet.of(RollbackState.REQUESTED, RollbackState.IN_FORCE, RollbackState.DISPUTED);

  private final ModelRegistry registry;
  private final RollbackRepository rollbacks;
  private final RollbackProcess process;
  private final Refusals refusals;
  private final AuditTrail trail;
  private final Clock clock;

  RequestRollback(
      ModelRegistry registry,
      RollbackRepository rollbacks,
      RollbackProcess process,
      Refusals refusals,
      AuditTrail trail,
      Clock clock) {
    this.registry = registry;
    this.rollbacks = rollbacks;
    this.process = process;
    this.refusals = refusals;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param target a former champion; null is the one that the champion's promotion named
   * @param reason 1 to 2000 characters; kept for good
   * @param emergency whether the alias moves before anybody approves
   */
  public record Command(
      ProjectId project,
      ModelName model,
      @Nullable ModelVersionId target,
      String reason,
      boolean emergency,
      Actor actor) {

    public Command {
      reason = ShownText.check("reason", reason, 0, 2000);
    }
  }

  /** The outcome. */
  public record Result(RollbackId rollback) {}

  /**
   * Does it. Owner, production and quality may ask for an emergency; the statisticians may ask for
   * a roll-back as well.
   *
   * @throws NotFound for an unknown model or target
   * @throws Rejection REASON_REQUIRED without a reason, WRONG_STATE when there is no champion, no
   *     target is named, or the target never was champion or is it now, ALREADY_EXISTS while
   *     another roll-back of the model is open; an emergency only yields to another emergency
   */
  public Result handle(Command command) {
    requireRole(command);
    return refusals.recorded(
        "model.rollback.requested",
        command.project(),
        command.model().value(),
        () -> new Result(request(command)));
  }

  private static void requireRole(Command command) {
    if (command.emergency()) {
      command.actor().requireAny(command.project(), Role.OWNER, Role.PRODUCTION, Role.QUALITY);
    } else {
      command
          .actor()
          .requireAny(
              command.project(),
              Role.OWNER,
              Role.PRODUCTION,
              Role.QUALITY,
              Role.SUBJECT,
              Role.METHODOLOGY);
    }
  }

  private RollbackId request(Command command) {
    if (command.reason().isBlank()) {
      throw new Rejection(ErrorCode.REASON_REQUIRED, "give the reason; it is kept for good");
    }
    var model =
        registry
            .model(command.project(), command.model())
            .orElseThrow(() -> ModelCatalogue.unknown(command.project(), command.model()));
    rollbacks.lockName("roll-back " + command.project() + "/" + command.model());
    requireNoneOpen(command);
    var row = row(command, model);
    row.target = target(command, model).id().value();
    rollbacks.saveAndFlush(row);
    trail.record(
        AuditEntry.done("model.rollback.requested", row.project, row.id)
            .with("champion", row.champion)
            .with("target", row.target)
            .with("emergency", row.emergency)
            .because(row.reason));
    process.start(row.id(), row.emergency, summary(row));
    return row.id();
  }

  /** An emergency does not wait for the decision on a roll-back that is merely asked for. */
  private void requireNoneOpen(Command command) {
    rollbacks
        .findFirstByProjectAndModelAndStateInAndEmergencyIn(
            command.project().value(),
            command.model().value(),
            OPEN,
            command.emergency() ? Set.of(true) : Set.of(true, false))
        .ifPresent(
            open -> {
              throw new Rejection(
                  ErrorCode.ALREADY_EXISTS,
                  "the roll-back " + open.id + " of " + open.model + " is open; end it first");
            });
  }

  private RollbackEntity row(Command command, ModelSummary model) {
    if (model.champion() == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, command.model() + " has no champion, so nothing to go back from");
    }
    return new RollbackEntity(freeId(command), model.champion(), command, clock.instant());
  }

  private RollbackId freeId(Command command) {
    var project = command.project();
    var number = rollbacks.countByProjectAndModel(project.value(), command.model().value());
    var id = RollbackId.of(project, command.model(), number);
    while (rollbacks.existsById(id.value())) {
      id = RollbackId.of(project, command.model(), ++number);
    }
    return id;
  }

  private RegisteredModel target(Command command, ModelSummary model) {
    var named = command.target() == null ? model.rollbackTarget() : command.target();
    if (named == null) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the promotion of "
              + model.champion()
              + " named no version to go back to; name a target");
    }
    var target =
        registry
            .find(command.project(), named)
            .filter(found -> found.id().model().equals(command.model()))
            .orElseThrow(() -> new NotFound("there is no version " + named + " of the model"));
    if (!target.promoted() || named.equals(model.champion())) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          named
              + (target.promoted() ? " is champion already" : " never was champion")
              + "; the target is a former champion");
    }
    return target;
  }

  private static String summary(RollbackEntity row) {
    return """
        Model: %s
        Champion: %s
        Go back to: %s
        Emergency: %s
        Requested by: %s
        Reason: %s"""
        .formatted(
            row.model,
            row.champion,
            row.target,
            row.emergency ? "yes, done before the approval" : "no",
            row.requestedBy,
            row.reason);
  }
}
