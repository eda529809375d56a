package org.balsam.usecase.model;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepBook;
import org.jspecify.annotations.Nullable;

/** One pass of steps of a training. */
@Entity
@Table(name = "training_run")
class TrainingRunEntity {

  /** What a run is for. */
  enum Purpose {
    /** All stages of the model. */
    TRAIN,
    /** Candidate and champion score the test set and the latest period. */
    EVALUATE,
    /** All stages again, and the artefact that they give scores the test set. */
    REPRODUCE,
    /** The registered bytes score a few rows. */
    SMOKE
  }

  @Id String id;
  @Version @Nullable Long version;
  String training;
  int number;

  @Enumerated(EnumType.STRING)
  Purpose purpose;

  String parameters;
  @Nullable String champion;
  @Nullable String input;
  Instant plannedAt;

  @SuppressWarnings("NullAway")
  protected TrainingRunEntity() {}

  TrainingRunEntity(TrainingEntity training, int number, Purpose purpose, Instant now) {
    this.id = id(training.trainingId(), number);
    this.training = training.id;
    this.number = number;
    this.purpose = purpose;
    this.parameters = training.parameters;
    this.plannedAt = now;
  }

  static String id(TrainingId training, long number) {
    return StepBook.run(training.value(), number);
  }
}
