package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's decision; never changed. */
@Entity
@Table(name = "round_decision")
class DecisionEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String round;
  int run;
  String activity;
  String task;
  String decision;
  @Nullable String reason;
  String actor;
  String actorGroups;
  @Nullable String evidence;
  String display;
  Instant decidedAt;

  @SuppressWarnings("NullAway")
  protected DecisionEntity() {}

  DecisionEntity(RecordDecision.Command command, int run, String display, Instant now) {
    this.round = command.round().value();
    this.run = run;
    this.activity = command.activity();
    this.task = command.taskId();
    this.decision = command.decision();
    this.reason = command.reason();
    this.actor = command.actor().id();
    this.actorGroups = String.join(",", command.actor().groups().stream().sorted().toList());
    this.evidence = command.evidence();
    this.display = display;
    this.decidedAt = now;
  }
}
