package org.balsam.usecase.model;

import java.time.Clock;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;

/** Finds and adds the rows that a command is about. */
@Component
class TrainingRows {

  private final TrainingRepository trainings;
  private final TrainingRunRepository runs;
  private final Clock clock;

  TrainingRows(TrainingRepository trainings, TrainingRunRepository runs, Clock clock) {
    this.trainings = trainings;
    this.runs = runs;
    this.clock = clock;
  }

  TrainingEntity training(TrainingId training) {
    return trainings.findById(training.value()).orElseThrow(() -> none(training));
  }

  /** The training, for this transaction alone. */
  TrainingEntity lock(TrainingId training) {
    return trainings.lock(training.value()).orElseThrow(() -> none(training));
  }

  TrainingRunEntity run(TrainingId training, long number) {
    return run(TrainingRunEntity.id(training, number));
  }

  TrainingRunEntity run(String id) {
    return runs.findById(id).orElseThrow(() -> new NotFound("there is no run " + id));
  }

  /** The run whose artefact is the candidate. */
  String trainRun(TrainingEntity training) {
    return TrainingRunEntity.id(training.trainingId(), training.trainRun);
  }

  /** The next run of the training. */
  TrainingRunEntity next(TrainingEntity training, TrainingRunEntity.Purpose purpose) {
    training.run++;
    return runs.save(new TrainingRunEntity(training, training.run, purpose, clock.instant()));
  }

  private static NotFound none(TrainingId training) {
    return new NotFound("there is no training " + training);
  }
}
