package org.balsam.usecase.round;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.balsam.kernel.Period;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/**
 * Writes the specification of a step: everything that determines it, pinned. The same step of the
 * same run always gets the same specification.
 */
@Component
class StepSpecs {

  private final ObjectStore store;
  private final BucketNames buckets;
  private final Forge forge;
  private final ProjectFiles files;
  private final OutputRepository outputs;

  StepSpecs(
      ObjectStore store,
      BucketNames buckets,
      Forge forge,
      ProjectFiles files,
      OutputRepository outputs) {
    this.store = store;
    this.buckets = buckets;
    this.forge = forge;
    this.files = files;
    this.outputs = outputs;
  }

  JobSpec of(StepEntity row, RunEntity run) {
    var round = run.roundId();
    var file = files.at(round.project(), run.commitId);
    var step = file.stages().get(row.stage).steps().get(row.position);
    return new JobSpec(
        row.jobId(),
        round.project(),
        new JobSpec.Code(forge.cloneUri(round.project()), run.commitId),
        inputs(file, step, run),
        step.command(),
        environment(round, step),
        outputs(step, round, run.number),
        step.resources(),
        step.network());
  }

  private List<JobSpec.Input> inputs(ProjectFile file, ProjectFile.Step step, RunEntity run) {
    var frozen = Manifest.read(store, run.inputs());
    var earlier = outputs.findByRunOrderByObjectKeyAsc(run.id);
    var inputs = new ArrayList<JobSpec.Input>();
    for (var input : step.inputs()) {
      if (input.input() != null) {
        frozen(file, input.input(), frozen).forEach(inputs::add);
      } else {
        earlier.stream()
            .filter(output -> output.dataset.equals(input.dataset().value()))
            .map(output -> computed(input.folder(), output))
            .forEach(inputs::add);
      }
    }
    return inputs;
  }

  /** The objects of one frozen input at their places in the working folder. */
  static Stream<JobSpec.Input> frozen(ProjectFile file, String name, Manifest inputs) {
    var monthly = file.inputs().get(name).isMonthly();
    return inputs.of(name).stream()
        .map(
            entry ->
                new JobSpec.Input(
                    "in/" + name + "/" + (monthly ? period(entry) + "-" : "") + entry.fileName(),
                    entry.bucket(),
                    entry.key(),
                    entry.versionId(),
                    entry.size(),
                    entry.sha256()));
  }

  /** The period that an object is about, which is how its key starts. */
  static Period period(Manifest.Entry entry) {
    return new Period(entry.key().substring(0, entry.key().indexOf('/')));
  }

  private static JobSpec.Input computed(String folder, OutputEntity output) {
    return new JobSpec.Input(
        "in/" + folder + "/" + output.file(),
        output.bucketName(),
        output.objectKey,
        output.versionId,
        output.size,
        output.checksum());
  }

  private static Map<String, String> environment(RoundId round, ProjectFile.Step step) {
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_ROUND", round.value());
    environment.put("BALSAM_PROJECT", round.project().value());
    environment.put("BALSAM_PERIOD", round.period().value());
    environment.put("BALSAM_REVISION", String.valueOf(round.revision()));
    environment.put("BALSAM_PERIOD_START", round.period().start().toString());
    environment.put("BALSAM_PERIOD_END", round.period().end().toString());
    step.parameters()
        .forEach(
            (name, value) ->
                environment.put("BALSAM_PARAM_" + name.toUpperCase(Locale.ROOT), value));
    return environment;
  }

  private List<JobSpec.Output> outputs(ProjectFile.Step step, RoundId round, int run) {
    return step.outputs().stream()
        .map(
            output -> {
              var dataset = output.dataset().of(round.project());
              return new JobSpec.Output(
                  output.dataset().value(),
                  "out/" + output.file(),
                  buckets.of(round.project(), dataset.layer().bucketKind()),
                  dataset.prefix(round.period(), round.revision(), run) + output.file());
            })
        .toList();
  }
}
