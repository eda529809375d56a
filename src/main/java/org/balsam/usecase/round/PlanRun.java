package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the next run of all steps on the frozen inputs and the tip of the round's branch. */
@Component
public class PlanRun {

  private final RoundRows rows;
  private final RunRepository runs;
  private final StepBook book;
  private final ProjectFiles files;
  private final ProjectPolicies policies;
  private final Forge forge;
  private final ObjectStore store;
  private final AuditTrail trail;
  private final Clock clock;

  PlanRun(
      RoundRows rows,
      RunRepository runs,
      StepBook book,
      ProjectFiles files,
      ProjectPolicies policies,
      Forge forge,
      ObjectStore store,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.runs = runs;
    this.book = book;
    this.files = files;
    this.policies = policies;
    this.forge = forge;
    this.store = store;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to plan.
   *
   * @param inputSet reference of the manifest of the frozen inputs
   */
  public record Command(RoundId round, String inputSet) {}

  /**
   * The plan.
   *
   * @param run counts the runs of the round from 1
   * @param commit the code of this run, which a correction may have moved on
   */
  public record Result(long run, long stageCount, String commit) {}

  /**
   * Plans it. Jobs of earlier runs are stopped. A run of which nothing has begun is taken again
   * instead of making another.
   *
   * @throws Rejection INPUTS_MISSING when a required input is not in the set, DATA_CHANGED when the
   *     set itself was changed in storage
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var round = rows.lock(command.round);
    var id = round.roundId();
    var inputs = Manifest.Reference.parse(command.inputSet);
    var commit = tip(round);
    var file = files.at(id.project(), commit);
    policies.require(id.project(), commit);
    InputCompleteness.require(file, id, Manifest.read(store, inputs));
    var run = fresh(id, inputs, commit).orElseGet(() -> next(round, inputs, commit, models(file)));
    return new Result(run.number, file.stages().size(), commit);
  }

  private static List<String> models(ProjectFile file) {
    return file.modelInputs().values().stream()
        .map(ModelVersionId::value)
        .distinct()
        .sorted()
        .toList();
  }

  private String tip(RoundEntity round) {
    var id = round.roundId();
    return forge
        .resolve(id.project(), id.branch())
        .orElseGet(() -> Objects.requireNonNull(round.commitId, "the round is open"));
  }

  private Optional<RunEntity> fresh(RoundId round, Manifest.Reference inputs, String commit) {
    return runs.findFirstByRoundOrderByNumberDesc(round.value())
        .filter(run -> run.inputSet.equals(inputs.toString()) && run.commitId.equals(commit))
        .filter(run -> !book.hasBegun(run.id));
  }

  private RunEntity next(
      RoundEntity round, Manifest.Reference inputs, String commit, List<String> models) {
    var id = round.roundId();
    book.stop(id.value());
    var run = runs.save(new RunEntity(id, round.run + 1, inputs, commit, models, clock.instant()));
    round.run = run.number;
    round.commitId = commit;
    trail.record(
        AuditEntry.done("round.run.planned", id.project().value(), id.value())
            .with("run", (long) run.number)
            .with("commit", commit)
            .with("models", models)
            .with("inputs", inputs.sha256().value()));
    return run;
  }
}
