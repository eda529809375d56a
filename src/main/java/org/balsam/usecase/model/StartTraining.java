package org.balsam.usecase.model;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests a training and starts its process. */
@Component
public class StartTraining {

  private final TrainingRepository trainings;
  private final TrainedModels models;
  private final MethodVersions methods;
  private final ProjectFiles files;
  private final ProjectPolicies policies;
  private final TrainingNumbers numbers;
  private final TrainingProcess process;
  private final AuditTrail trail;
  private final Refusals refusals;
  private final Clock clock;

  StartTraining(
      TrainingRepository trainings,
      TrainedModels models,
      MethodVersions methods,
      ProjectFiles files,
      ProjectPolicies policies,
      TrainingNumbers numbers,
      TrainingProcess process,
      AuditTrail trail,
      Refusals refusals,
      Clock clock) {
    this.trainings = trainings;
    this.models = models;
    this.methods = methods;
    this.files = files;
    this.policies = policies;
    this.numbers = numbers;
    this.process = process;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * What to train.
   *
   * @param period the reference period that the model is trained for; data are known up to its end
   * @param parameters values that differ from those that the model declares
   * @param seed null for the one that the model declares
   */
  public record Command(
      ProjectId project,
      ModelName model,
      Period period,
      Map<String, String> parameters,
      @Nullable Long seed,
      TrainingTrigger trigger,
      Actor actor) {
    public Command {
      parameters = Map.copyOf(parameters);
    }
  }

  /** The training that was started. */
  public record Result(TrainingId training) {}

  /**
   * Starts it.
   *
   * @throws Rejection ALREADY_EXISTS when the same training is open, or nobody asks for it and the
   *     period was trained for before; WRONG_STATE when the project is not active
   * @throws Invalid when {@code balsam.yaml} is malformed or outside the bounds of its template's
   *     policy, the period is of another frequency or a parameter is not declared
   * @throws NotFound for a model that is not declared, and for a project that the actor may not
   *     know
   */
  public Result handle(Command command) {
    command.actor.requireAny(
        command.project, Role.OWNER, Role.SUBJECT, Role.METHODOLOGY, Role.PRODUCTION);
    return refusals.recorded(
        "training.requested", command.project, command.model.value(), () -> requested(command));
  }

  /** Nobody waits for the answer to a trigger: what a person would correct is a refusal there. */
  private Result requested(Command command) {
    try {
      return start(command);
    } catch (Invalid | NotFound wrong) {
      if (command.trigger == TrainingTrigger.PERSON) {
        throw wrong;
      }
      throw new Rejection(ErrorCode.WRONG_STATE, wrong.getMessage());
    }
  }

  private Result start(Command command) {
    var method = methods.newest(command.project);
    var model = models.at(command.project, method.commit(), command.model);
    policies.require(command.project, method.commit());
    requireFrequency(command, files.at(command.project, method.commit()).product());
    var merged = TrainingParameters.merged(model, command.parameters);
    policies.requireParameters(command.project, command.model, merged);
    var parameters = TrainingParameters.text(merged);
    numbers.lock(command.project, command.model);
    requireNew(command, parameters);
    var id = numbers.next(command.project);
    var training = new TrainingEntity(id, command, parameters, clock.instant());
    training.seed = command.seed == null ? model.seed() : command.seed;
    trainings.save(training);
    trail.record(
        AuditEntry.done("training.requested", training.project, training.id)
            .with("model", training.model)
            .with("period", training.period)
            .with("trigger", command.trigger.name())
            .with("parameters", parameters));
    process.start(id, command.trigger);
    return new Result(id);
  }

  private static void requireFrequency(Command command, ProjectFile.Product product) {
    if (command.period.frequency() != product.frequency()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "period",
          "'%s' is a %s, but the product of %s is by %s"
              .formatted(
                  command.period,
                  command.period.frequency().value(),
                  command.project,
                  product.frequency().value()));
    }
  }

  private void requireNew(Command command, String parameters) {
    var project = command.project.value();
    var model = command.model.value();
    var period = command.period.value();
    if (command.trigger != TrainingTrigger.PERSON
        && trainings.existsByProjectAndModelAndPeriod(project, model, period)) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "model %s was trained for %s before; only a person can ask for it again"
              .formatted(model, period));
    }
    var ended = Arrays.stream(TrainingState.values()).filter(TrainingState::ended).toList();
    trainings.findByProjectAndModelAndPeriodAndStateNotIn(project, model, period, ended).stream()
        .filter(open -> open.parameters.equals(parameters))
        .filter(open -> command.seed == null || command.seed.equals(open.seed))
        .findFirst()
        .ifPresent(
            open -> {
              throw new Rejection(
                  ErrorCode.ALREADY_EXISTS,
                  "training %s of model %s for %s with these parameters is %s; wait for it, cancel"
                          .formatted(open.id, model, period, open.state.value())
                      + " it, or choose other parameters");
            });
  }
}
