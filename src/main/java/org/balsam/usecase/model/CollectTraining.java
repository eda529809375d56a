package org.balsam.usecase.model;

import java.util.List;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.StepState;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes over what a training made: its sets and its artefact, whose checksum is its identity. */
@Component
public class CollectTraining {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final TrainingDocuments documents;
  private final StepBook book;
  private final ObjectStore store;
  private final AuditTrail trail;

  CollectTraining(
      TrainingRows rows,
      TrainedModels models,
      TrainingDocuments documents,
      StepBook book,
      ObjectStore store,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.documents = documents;
    this.book = book;
    this.store = store;
    this.trail = trail;
  }

  /** What to collect. */
  public record Command(TrainingId training) {}

  /**
   * What was made.
   *
   * @param outputSet reference of the manifest of everything that the training wrote
   * @param artefact checksum of the model's files, in hexadecimal
   * @param reproduction whether the training only reproduces another one
   */
  public record Result(String outputSet, String artefact, boolean reproduction) {}

  /**
   * Collects it.
   *
   * @throws Rejection WRONG_STATE when a step has not succeeded, DATA_CHANGED when an output's
   *     bytes are not those that the step wrote
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var run = rows.trainRun(training);
    requireSuccess(book.steps(run));
    var written = book.outputs(run);
    written.forEach(output -> output.content().verify(store));
    var model = models.of(training);
    training.artefact = artefact(written, model).value();
    var manifest = new Manifest(written.stream().map(output -> entry(training, output)).toList());
    training.outputSet = documents.store(training, "outputs.csv", manifest.toCsv(), "text/csv");
    trail.record(
        AuditEntry.done("training.collected", training.project, training.id)
            .with("run", (long) training.trainRun)
            .with("artefact", training.artefact)
            .with("outputs", training.outputSet));
    return new Result(training.outputSet, training.artefact, training.reproduces != null);
  }

  static void requireSuccess(List<StepRecord> steps) {
    steps.stream()
        .filter(step -> step.state() != StepState.SUCCEEDED)
        .findFirst()
        .ifPresent(
            step -> {
              throw new Rejection(
                  ErrorCode.WRONG_STATE,
                  "step %s (job %s) is %s; only a run whose steps all succeeded can be collected"
                      .formatted(step.name(), step.job(), step.state().words()));
            });
  }

  /** The checksum that the registry will give the same files. */
  static Sha256 artefact(List<StepOutput> written, ProjectFile.Model model) {
    return ModelFile.checksum(
        files(written, model).stream()
            .collect(Collectors.toMap(StepOutput::file, StepOutput::sha256)));
  }

  /** The model's files: the artefact without the series of metrics, which is no part of it. */
  static List<StepOutput> files(List<StepOutput> written, ProjectFile.Model model) {
    return written.stream()
        .filter(output -> output.dataset().equals(model.artefact().value()))
        .filter(output -> !output.file().equals(TrainingMetrics.FILE))
        .toList();
  }

  private static Manifest.Entry entry(TrainingEntity training, StepOutput output) {
    var parts = output.dataset().split("/", 2);
    var dataset = new DatasetId(training.projectId(), Layer.parse(parts[0]), parts[1]);
    var version = new DatasetVersionId(dataset, training.reference(), 0, training.trainRun);
    return new Manifest.Entry(
        output.dataset(),
        version.value(),
        output.bucket(),
        output.key(),
        output.versionId(),
        output.size(),
        output.sha256(),
        output.rows(),
        output.lastModified());
  }
}
