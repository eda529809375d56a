package org.balsam.usecase.model;

import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.stereotype.Component;

/** Trains a model anew because its data are complete for a later period than its champion's. */
@Component
public class RetrainOnData {

  private final TrainingRepository trainings;
  private final ModelRegistry registry;
  private final StartTraining startTraining;

  RetrainOnData(TrainingRepository trainings, ModelRegistry registry, StartTraining startTraining) {
    this.trainings = trainings;
    this.registry = registry;
    this.startTraining = startTraining;
  }

  /** The model, and the period that its data are complete for. */
  public record Command(ProjectId project, ModelName model, Period period) {}

  /** The training that was started; empty when there is nothing to do, or it was refused. */
  public record Result(Optional<TrainingId> training) {}

  /** Starts it, at most once for each period; a refusal is recorded and harms no delivery. */
  public Result handle(Command command) {
    var project = command.project.value();
    var model = command.model.value();
    var period = command.period.value();
    if (!isLaterThanChampion(command)
        || trainings.existsByProjectAndModelAndPeriod(project, model, period)) {
      return new Result(Optional.empty());
    }
    try {
      var request =
          new StartTraining.Command(
              command.project,
              command.model,
              command.period,
              Map.of(),
              null,
              TrainingTrigger.DATA,
              Actor.BALSAM);
      return new Result(Optional.of(startTraining.handle(request).training()));
    } catch (Rejection recorded) {
      return new Result(Optional.empty());
    }
  }

  private boolean isLaterThanChampion(Command command) {
    return registry
        .alias(command.project, command.model, Alias.CHAMPION)
        .flatMap(champion -> trainings.findById(champion.training().value()))
        .map(training -> command.period.end().isAfter(training.reference().end()))
        .orElse(false);
  }
}
