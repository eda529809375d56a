package org.balsam.usecase.model;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's decision; never changed. */
@Entity
@Table(name = "training_decision")
class TrainingDecisionEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String training;
  String activity;
  String task;
  String decision;
  @Nullable String reason;
  String actor;
  String actorGroups;
  @Nullable String evidence;
  Instant decidedAt;

  @SuppressWarnings("NullAway")
  protected TrainingDecisionEntity() {}

  TrainingDecisionEntity(RecordTrainingDecision.Command command, Instant now) {
    this.training = command.training().value();
    this.activity = command.activity();
    this.task = command.taskId();
    this.decision = command.decision();
    this.reason = command.reason();
    this.actor = command.actor().id();
    this.actorGroups = String.join(",", command.actor().groups().stream().sorted().toList());
    this.evidence = command.evidence();
    this.decidedAt = now;
  }
}
