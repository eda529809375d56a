package org.balsam.usecase.round;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.StepBook;
import org.jspecify.annotations.Nullable;

/** One pass over all stages of a round, on one set of inputs and one commit. */
@Entity
@Table(name = "round_run")
class RunEntity {

  @Id String id;
  @Version @Nullable Long version;
  String round;
  int number;
  String inputSet;
  String commitId;
  String models;
  Instant plannedAt;
  @Nullable Instant checkedAt;
  @Nullable String verdict;
  @Nullable String summary;
  @Nullable String outputSet;
  @Nullable String evidence;
  @Nullable String evidenceDocument;

  @SuppressWarnings("NullAway")
  protected RunEntity() {}

  RunEntity(
      RoundId round,
      int number,
      Manifest.Reference inputSet,
      String commit,
      List<String> models,
      Instant now) {
    this.id = id(round, number);
    this.round = round.value();
    this.number = number;
    this.inputSet = inputSet.toString();
    this.commitId = commit;
    this.models = String.join(" ", models);
    this.plannedAt = now;
  }

  static String id(RoundId round, long number) {
    return StepBook.run(round.value(), number);
  }

  RoundId roundId() {
    return RoundId.parse(round);
  }

  /** The versions of models that the run uses, in alphabetical order. */
  List<String> models() {
    return models.isEmpty() ? List.of() : List.of(models.split(" "));
  }

  Manifest.Reference inputs() {
    return Manifest.Reference.parse(inputSet);
  }
}
