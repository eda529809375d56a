package org.balsam.standard.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.Published;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.runner.JobFolder;
import org.balsam.platform.compute.runner.StepRunner;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.forge.Forge.Author;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.standard.promotion.Predictions;
import org.balsam.standard.template.ProjectFile.Model;
import org.balsam.standard.template.ProjectFile.Output;
import org.balsam.standard.template.ProjectFile.Step;

/**
 * Makes a project from a template in a repository of its own and runs the steps of a model as a
 * training does: checked out at the commit, with frozen objects of a real store, by the step
 * runner.
 */
final class TrainingFixture {

  static final ProjectId PROJECT = new ProjectId("ml-strikes");
  private static final BucketName BUCKET = new BucketName("nsi-prd-ml-strikes-work");

  private final Path folder;
  private final LocalForge forge;
  private final FilesystemObjectStore store;
  private final String path;
  private final String commit;
  private final Model model;
  private final Map<DatasetRef, List<Published>> written = new HashMap<>();
  private int jobs;

  /**
   * @param path the {@code PATH} of commands
   * @param files the repository's first commit
   */
  TrainingFixture(Path folder, String path, Map<String, byte[]> files, String model) {
    this.folder = folder;
    this.path = path;
    forge = new LocalForge(folder.resolve("git"), Clock.systemUTC());
    store = new FilesystemObjectStore(folder.resolve("objects"), Clock.systemUTC());
    store.ensureBucket(BUCKET, PROJECT);
    commit = forge.ensureRepository(PROJECT, files, new Author("Ola Owner", "ola@nsi.invalid"));
    var yaml = forge.read(PROJECT, commit, "balsam.yaml").orElseThrow();
    this.model = new ProjectFileParser().parse(yaml, "balsam.yaml").models().get(model);
  }

  Model model() {
    return model;
  }

  /** Runs all stages on the deliveries up to the end of the period. */
  void train(Period period, Map<Period, byte[]> deliveries) throws Exception {
    var inputs = new ArrayList<JobSpec.Input>();
    for (var month : deliveries.keySet()) {
      if (!month.end().isAfter(period.end())) {
        inputs.add(delivered(month, deliveries.get(month)));
      }
    }
    for (var stage : model.stages()) {
      for (var step : stage.steps()) {
        var given = step.inputs().stream().anyMatch(input -> input.input() != null);
        var all = new ArrayList<>(given ? inputs : List.<JobSpec.Input>of());
        step.inputs().stream()
            .filter(input -> input.input() == null)
            .forEach(
                input ->
                    written
                        .get(input.dataset())
                        .forEach(object -> all.add(input("in/" + input.folder() + "/", object))));
        run(step, step.outputs(), period, all);
      }
    }
  }

  /** Scores one set with what was trained. */
  Predictions score(Period period, DatasetRef set) throws Exception {
    var inputs = new ArrayList<JobSpec.Input>();
    written.get(model.artefact()).forEach(object -> inputs.add(input("in/model/", object)));
    written.get(set).forEach(object -> inputs.add(input("in/set/", object)));
    var predictions = DatasetRef.parse("proc/predictions");
    written.remove(predictions);
    run(model.predict(), List.of(new Output(predictions, "predictions.csv")), period, inputs);
    try (var csv = open(predictions, "predictions.csv")) {
      return Predictions.read(csv, model.classes());
    }
  }

  InputStream open(DatasetRef dataset, String file) {
    var object = published(dataset, file);
    return store.open(object.bucket(), object.key(), object.versionId());
  }

  String text(String dataset, String file) throws IOException {
    try (var in = open(DatasetRef.parse(dataset), file)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  Published published(DatasetRef dataset, String file) {
    return written.get(dataset).stream()
        .filter(object -> object.path().equals("out/" + file))
        .findFirst()
        .orElseThrow();
  }

  private JobSpec.Input delivered(Period month, byte[] csv) {
    var object =
        store.put(BUCKET, "delivered/" + month + ".csv", new ByteArrayInputStream(csv), Map.of());
    return new JobSpec.Input(
        "in/strikes/" + month + "-strikes.csv",
        BUCKET,
        object.key(),
        object.versionId(),
        object.size(),
        object.sha256());
  }

  private static JobSpec.Input input(String into, Published object) {
    return new JobSpec.Input(
        into + object.path().substring("out/".length()),
        object.bucket(),
        object.key(),
        object.versionId(),
        object.size(),
        object.sha256());
  }

  private void run(Step step, List<Output> outputs, Period period, List<JobSpec.Input> inputs)
      throws Exception {
    var number = ++jobs;
    var spec =
        new JobSpec(
            new JobId("ml-strikes-train-%06d".formatted(number)),
            PROJECT,
            new JobSpec.Code(forge.cloneUri(PROJECT), commit),
            inputs,
            step.command(),
            environment(step, period),
            outputs.stream()
                .map(
                    output ->
                        new JobSpec.Output(
                            output.dataset().value(),
                            "out/" + output.file(),
                            BUCKET,
                            "written/" + number + "/" + output.file()))
                .toList(),
            step.resources(),
            step.network());
    var job = new JobFolder(folder.resolve("jobs/" + number));
    Files.createDirectories(job.root());
    Files.write(job.spec(), JobJson.write(spec));
    JobStatus status =
        new StepRunner(store, CodeCheckout.of(java.util.Map.of())::fetch, path, Clock.systemUTC())
            .run(spec, job);
    assertThat(status.state()).as(step.name() + ": " + status.message()).isEqualTo(State.SUCCEEDED);
    step.datasets().forEach(written::remove);
    status
        .outputs()
        .forEach(
            object ->
                written
                    .computeIfAbsent(DatasetRef.parse(object.dataset()), any -> new ArrayList<>())
                    .add(object));
  }

  private Map<String, String> environment(Step step, Period period) {
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_PROJECT", PROJECT.value());
    environment.put("BALSAM_MODEL", model.name());
    environment.put("BALSAM_TRAINING", PROJECT + "-train-000001");
    environment.put("BALSAM_PERIOD", period.value());
    environment.put("BALSAM_PERIOD_START", period.start().toString());
    environment.put("BALSAM_PERIOD_END", period.end().toString());
    environment.put("BALSAM_SEED", String.valueOf(model.seed()));
    environment.put("BALSAM_TARGET", model.target());
    environment.put("BALSAM_POSITIVE", String.valueOf(model.positive()));
    environment.put("BALSAM_ROW", model.row());
    environment.put("BALSAM_CLASSES", String.join(",", model.classes()));
    environment.put(
        "BALSAM_FEATURES",
        model.features().entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue().name().toLowerCase())
            .collect(Collectors.joining(",")));
    model.parameters().forEach((name, value) -> environment.put(ProjectFile.variable(name), value));
    step.parameters().forEach((name, value) -> environment.put(ProjectFile.variable(name), value));
    return environment;
  }
}
