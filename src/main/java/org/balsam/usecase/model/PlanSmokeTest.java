package org.balsam.usecase.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays out the smoke test: the registered bytes score the first rows of the test set. */
@Component
public class PlanSmokeTest {

  private static final int ROWS = 20;

  private final TrainingRows rows;
  private final TrainedModels models;
  private final RunPlans plans;
  private final TrainingDocuments documents;
  private final StepBook book;
  private final ObjectStore store;
  private final AuditTrail trail;

  PlanSmokeTest(
      TrainingRows rows,
      TrainedModels models,
      RunPlans plans,
      TrainingDocuments documents,
      StepBook book,
      ObjectStore store,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.plans = plans;
    this.documents = documents;
    this.book = book;
    this.store = store;
    this.trail = trail;
  }

  /** Whose candidate to test. */
  public record Command(TrainingId training) {}

  /** The plan; runs count from 1. */
  public record Result(long run, long stageCount) {}

  /** Plans it. */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var run = rows.next(training, TrainingRunEntity.Purpose.SMOKE);
    run.input = documents.store(training, "smoke.csv", firstRows(training), "text/csv");
    trail.record(
        AuditEntry.done("training.run.planned", training.project, training.id)
            .with("run", (long) run.number)
            .with("purpose", run.purpose.name()));
    return new Result(run.number, plans.stages(run, models.of(training)));
  }

  private byte[] firstRows(TrainingEntity training) {
    var test = models.of(training).sets().test().value();
    var file =
        book.outputs(rows.trainRun(training)).stream()
            .filter(output -> output.dataset().equals(test) && output.file().endsWith(".csv"))
            .findFirst()
            .orElseThrow(() -> new NotFound("the training wrote no set " + test));
    try (var reader =
        new BufferedReader(
            new InputStreamReader(file.content().open(store), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .limit(ROWS + 1L)
          .collect(Collectors.joining("\n", "", "\n"))
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
