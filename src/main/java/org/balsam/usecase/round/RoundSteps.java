package org.balsam.usecase.round;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepInputs;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.SteppedWork;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;

/** The steps of rounds: what determines each of them. */
@Component
class RoundSteps implements SteppedWork {

  private final ObjectStore store;
  private final BucketNames buckets;
  private final Forge forge;
  private final ProjectFiles files;
  private final StepBook book;
  private final RunRepository runs;
  private final RoundNodes nodes;

  RoundSteps(
      ObjectStore store,
      BucketNames buckets,
      Forge forge,
      ProjectFiles files,
      StepBook book,
      RunRepository runs,
      RoundNodes nodes) {
    this.store = store;
    this.buckets = buckets;
    this.forge = forge;
    this.files = files;
    this.book = book;
    this.runs = runs;
    this.nodes = nodes;
  }

  @Override
  public Optional<Run> run(String id) {
    return runs.findById(id)
        .map(
            run ->
                new Run(
                    run.roundId().project(),
                    run.round,
                    RoundDocuments.runKey(run.roundId(), run.number, ""),
                    "round.step.collected"));
  }

  @Override
  public JobSpec spec(StepRecord planned) {
    var run = runs.findById(planned.run()).orElseThrow();
    var round = run.roundId();
    var file = files.at(round.project(), run.commitId);
    var step = file.stages().get(planned.stage()).steps().get(planned.position());
    return new JobSpec(
        planned.job(),
        round.project(),
        new JobSpec.Code(forge.cloneUri(round.project()), run.commitId),
        step.node() == null ? inputs(file, step, run) : nodes.inputs(file, step, run),
        step.command(),
        step.node() == null
            ? environment(file, round, step)
            : nodes.environment(environment(file, round, step), step.node(), run),
        step.node() == null
            ? outputs(step, round, run.number)
            : nodes.outputs(step, round, run.number),
        step.resources(),
        step.network(),
        step.node() == null ? "" : step.node().image());
  }

  private List<JobSpec.Input> inputs(ProjectFile file, ProjectFile.Step step, RunEntity run) {
    var frozen = Manifest.read(store, run.inputs());
    var earlier = book.outputs(run.id);
    var inputs = new ArrayList<JobSpec.Input>();
    for (var input : step.inputs()) {
      if (input.input() != null) {
        inputs.addAll(StepInputs.frozen(file, input.input(), input.folder(), frozen));
      } else {
        earlier.stream()
            .filter(output -> output.dataset().equals(String.valueOf(input.dataset())))
            .map(output -> StepInputs.computed(input.folder(), output))
            .forEach(inputs::add);
      }
    }
    return inputs;
  }

  private static Map<String, String> environment(
      ProjectFile file, RoundId round, ProjectFile.Step step) {
    var environment = new HashMap<String, String>();
    environment.put("BALSAM_ROUND", round.value());
    environment.put("BALSAM_PROJECT", round.project().value());
    environment.put("BALSAM_PERIOD", round.period().value());
    environment.put("BALSAM_REVISION", String.valueOf(round.revision()));
    environment.put("BALSAM_PERIOD_START", round.period().start().toString());
    environment.put("BALSAM_PERIOD_END", round.period().end().toString());
    file.applied(step)
        .ifPresent(
            model -> {
              environment.put("BALSAM_TARGET", model.target());
              environment.put("BALSAM_ROW", model.row());
              environment.put("BALSAM_CLASSES", String.join(",", model.classes()));
            });
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
