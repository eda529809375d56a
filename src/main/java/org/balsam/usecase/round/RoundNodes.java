package org.balsam.usecase.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobSpec.Command;
import org.balsam.platform.compute.NodePaths;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepInputs;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFile.Step;
import org.springframework.stereotype.Component;

/** What determines the steps of a round that are nodes of an Elyra pipeline. */
@Component
class RoundNodes {

  private final ObjectStore store;
  private final BucketNames buckets;
  private final StepBook book;

  RoundNodes(ObjectStore store, BucketNames buckets, StepBook book) {
    this.store = store;
    this.buckets = buckets;
    this.book = book;
  }

  /**
   * The frozen inputs in {@code in/} of the node's folder, and what all ancestors kept at the path
   * where they wrote it. Of two files of the same path the one of the later ancestor counts.
   */
  List<JobSpec.Input> inputs(ProjectFile file, Step step, RunEntity run) {
    var frozen = Manifest.read(store, run.inputs());
    var inputs = new ArrayList<JobSpec.Input>();
    for (var input : step.inputs()) {
      if (input.input() != null) {
        StepInputs.frozen(file, input.input(), input.folder(), frozen).stream()
            .map(one -> placed(Command.NODE + one.path(), one))
            .forEach(inputs::add);
      }
    }
    var jobs =
        book.steps(run.id).stream().collect(Collectors.toMap(StepRecord::name, StepRecord::job));
    var written =
        book.outputs(run.id).stream()
            .collect(
                Collectors.groupingBy(StepOutput::job, LinkedHashMap::new, Collectors.toList()));
    var found = new LinkedHashMap<String, JobSpec.Input>();
    for (var name : step.asNode().ancestors()) {
      var ancestor = file.step(name).orElseThrow();
      for (var output : written.getOrDefault(jobs.get(name), List.of())) {
        var path = Command.NODE + path(ancestor, output);
        found.put(path, StepInputs.at(path, output));
      }
    }
    inputs.addAll(found.values());
    return inputs;
  }

  private static JobSpec.Input placed(String path, JobSpec.Input input) {
    return new JobSpec.Input(
        path, input.bucket(), input.key(), input.versionId(), input.size(), input.sha256());
  }

  /** Where the ancestor wrote the file. */
  private static String path(Step ancestor, StepOutput output) {
    return IntStream.range(0, ancestor.outputs().size())
        .filter(i -> ancestor.outputs().get(i).dataset().value().equals(output.dataset()))
        .filter(i -> ancestor.outputs().get(i).file().equals(output.file()))
        .mapToObj(i -> ancestor.asNode().paths().get(i))
        .findFirst()
        .orElseGet(() -> NodePaths.path(output.file()));
  }

  /** The node's variables beside those of every step, and what Elyra's own runners set. */
  Map<String, String> environment(
      Map<String, String> ofRound, ProjectFile.Node node, RunEntity run) {
    var environment = new LinkedHashMap<>(node.environment());
    environment.putAll(ofRound);
    environment.put("ELYRA_RUNTIME_ENV", "balsam");
    environment.put("ELYRA_RUN_NAME", run.id);
    return environment;
  }

  /** The declared outputs, and everything that the node keeps. */
  List<JobSpec.Output> outputs(Step step, RoundId round, int run) {
    var outputs = new ArrayList<JobSpec.Output>();
    for (var i = 0; i < step.outputs().size(); i++) {
      var output = step.outputs().get(i);
      var dataset = output.dataset().of(round.project());
      outputs.add(
          new JobSpec.Output(
              output.dataset().value(),
              Command.NODE + step.asNode().paths().get(i),
              buckets.of(round.project(), dataset.layer().bucketKind()),
              dataset.prefix(round.period(), round.revision(), run) + output.file()));
    }
    var kept = step.keptAs().of(round.project());
    for (var path : step.asNode().kept()) {
      outputs.add(
          new JobSpec.Output(
              step.keptAs().value(),
              Command.NODE + path,
              buckets.of(round.project(), kept.layer().bucketKind()),
              kept.prefix(round.period(), round.revision(), run)));
    }
    return outputs;
  }
}
