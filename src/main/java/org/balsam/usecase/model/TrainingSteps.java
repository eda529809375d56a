package org.balsam.usecase.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepInputs;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.SteppedWork;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/** The steps of trainings: what determines each of them. */
@Component
class TrainingSteps implements SteppedWork {

  private final TrainingRunRepository runs;
  private final TrainingRows rows;
  private final TrainedModels models;
  private final RunPlans plans;
  private final StepBook book;
  private final ModelRegistry registry;
  private final Forge forge;
  private final ObjectStore store;
  private final BucketNames buckets;

  TrainingSteps(
      TrainingRunRepository runs,
      TrainingRows rows,
      TrainedModels models,
      RunPlans plans,
      StepBook book,
      ModelRegistry registry,
      Forge forge,
      ObjectStore store,
      BucketNames buckets) {
    this.runs = runs;
    this.rows = rows;
    this.models = models;
    this.plans = plans;
    this.book = book;
    this.registry = registry;
    this.forge = forge;
    this.store = store;
    this.buckets = buckets;
  }

  @Override
  public Optional<Run> run(String id) {
    return runs.findById(id)
        .map(
            run ->
                new Run(
                    TrainingId.parse(run.training).project(),
                    run.training,
                    TrainingDocuments.folder(TrainingId.parse(run.training), run.number),
                    "training.step.collected"));
  }

  @Override
  public JobSpec spec(StepRecord planned) {
    var run = rows.run(planned.run());
    var training = rows.training(TrainingId.parse(run.training));
    var file = models.file(training);
    var model = models.of(training);
    return plans.declares(run, model, planned.stage())
        ? declared(
            planned,
            run,
            training,
            file,
            model.stages().get(planned.stage()).steps().get(planned.position()))
        : scoring(planned, run, training, model);
  }

  private JobSpec declared(
      StepRecord planned,
      TrainingRunEntity run,
      TrainingEntity training,
      ProjectFile file,
      ProjectFile.Step step) {
    return new JobSpec(
        planned.job(),
        training.projectId(),
        new JobSpec.Code(forge.cloneUri(training.projectId()), training.commit()),
        inputs(step, run, training, file),
        step.command(),
        StepEnvironment.of(training, models.of(training), step, run.parameters),
        outputs(step, run, training),
        step.resources(),
        step.network(),
        Objects.requireNonNullElse(models.of(training).image(), ""));
  }

  private List<JobSpec.Input> inputs(
      ProjectFile.Step step, TrainingRunEntity run, TrainingEntity training, ProjectFile file) {
    var frozen = Manifest.read(store, training.inputs());
    var earlier = book.outputs(run.id);
    var inputs = new ArrayList<JobSpec.Input>();
    for (var input : step.inputs()) {
      if (input.input() != null) {
        inputs.addAll(StepInputs.frozen(file, input.input(), frozen));
      } else {
        earlier.stream()
            .filter(output -> output.dataset().equals(input.dataset().value()))
            .map(output -> StepInputs.computed(input.folder(), output))
            .forEach(inputs::add);
      }
    }
    return inputs;
  }

  private List<JobSpec.Output> outputs(
      ProjectFile.Step step, TrainingRunEntity run, TrainingEntity training) {
    return step.outputs().stream()
        .map(
            output -> {
              var dataset = output.dataset().of(training.projectId());
              return output(dataset, run, training, "out/" + output.file(), output.file());
            })
        .toList();
  }

  /** Every training writes to keys of its own, so that two at once never meet. */
  private JobSpec.Output output(
      DatasetId dataset, TrainingRunEntity run, TrainingEntity training, String path, String file) {
    return new JobSpec.Output(
        dataset.layer().value() + "/" + dataset.name(),
        path,
        buckets.of(training.projectId(), dataset.layer().bucketKind()),
        dataset.prefix(training.reference(), 0, run.number)
            + training.trainingId().suffix()
            + "/"
            + file);
  }

  private JobSpec scoring(
      StepRecord planned, TrainingRunEntity run, TrainingEntity training, ProjectFile.Model model) {
    var scoring = plans.scorings(run).get(planned.position());
    var step = model.predict();
    var predictions = new DatasetId(training.projectId(), Layer.PROC, "predictions");
    return new JobSpec(
        planned.job(),
        training.projectId(),
        new JobSpec.Code(forge.cloneUri(training.projectId()), training.commit()),
        scored(scoring, run, training, model),
        step.command(),
        StepEnvironment.of(training, model, step, run.parameters),
        List.of(output(predictions, run, training, "out/predictions.csv", scoring.file())),
        step.resources(),
        step.network(),
        Objects.requireNonNullElse(model.image(), ""));
  }

  private List<JobSpec.Input> scored(
      RunPlans.Scoring scoring,
      TrainingRunEntity run,
      TrainingEntity training,
      ProjectFile.Model model) {
    var inputs = new ArrayList<JobSpec.Input>();
    switch (run.purpose) {
      case SMOKE -> inputs.addAll(registered(training, training.candidateId()));
      case EVALUATE ->
          inputs.addAll(
              scoring.champion()
                  ? registered(training, ModelVersionId.parse(Objects.requireNonNull(run.champion)))
                  : artefact(rows.trainRun(training), model));
      case REPRODUCE -> inputs.addAll(artefact(run.id, model));
      case TRAIN -> throw new IllegalStateException("a training scores nothing");
    }
    inputs.add(set(scoring, run, training, model));
    return inputs;
  }

  private List<JobSpec.Input> artefact(String run, ProjectFile.Model model) {
    return book.outputs(run).stream()
        .filter(output -> output.dataset().equals(model.artefact().value()))
        .map(output -> StepInputs.at("in/model/" + output.file(), output))
        .toList();
  }

  private List<JobSpec.Input> registered(TrainingEntity training, ModelVersionId version) {
    return registry
        .find(training.projectId(), version)
        .orElseThrow(() -> new NotFound("there is no model version " + version))
        .files()
        .stream()
        .map(
            file ->
                new JobSpec.Input(
                    "in/model/" + file.name(),
                    file.bucket(),
                    file.key(),
                    file.versionId(),
                    file.size(),
                    file.sha256()))
        .toList();
  }

  private JobSpec.Input set(
      RunPlans.Scoring scoring,
      TrainingRunEntity run,
      TrainingEntity training,
      ProjectFile.Model model) {
    var path = "in/set/" + scoring.set() + ".csv";
    if (run.input != null) {
      var few = Manifest.Reference.parse(run.input);
      var stored = store.find(few.bucket(), few.key(), few.versionId()).orElseThrow();
      return new JobSpec.Input(
          path, few.bucket(), few.key(), few.versionId(), stored.size(), few.sha256());
    }
    var dataset = Objects.requireNonNull(model.sets().byName().get(scoring.set()));
    return book.outputs(rows.trainRun(training)).stream()
        .filter(output -> output.dataset().equals(dataset.value()))
        .filter(output -> output.file().endsWith(".csv"))
        .findFirst()
        .map(output -> StepInputs.at(path, output))
        .orElseThrow(() -> new NotFound("the training wrote no set " + dataset.value()));
  }
}
