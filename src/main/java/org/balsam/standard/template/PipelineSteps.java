package org.balsam.standard.template;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.pipeline.NodeFiles;
import org.balsam.standard.pipeline.Pipeline;
import org.balsam.standard.pipeline.PipelineParser;
import org.balsam.standard.template.ProjectFile.Output;
import org.balsam.standard.template.ProjectFile.PipelineNode;
import org.balsam.standard.template.ProjectFile.Stage;
import org.balsam.standard.template.ProjectFile.Step;
import org.balsam.standard.template.ProjectFile.StepInput;
import org.balsam.standard.yaml.Shown;

/** Makes the nodes of a pipeline the steps of a round. */
final class PipelineSteps {

  private static final Pattern PINNED = Pattern.compile(".+@sha256:[0-9a-f]{64}");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private final ProjectFile file;
  private final ProjectFile.Pipeline declared;
  private final Pipeline pipeline;
  private final Collection<String> repository;
  private final NodeProblems problems;
  private Map<String, String> names = Map.of();

  private PipelineSteps(
      ProjectFile file,
      ProjectFile.Pipeline declared,
      Pipeline pipeline,
      Collection<String> repository) {
    this.file = file;
    this.declared = declared;
    this.pipeline = pipeline;
    this.repository = repository;
    problems = new NodeProblems(declared.file());
  }

  /**
   * The project file with the stages of its pipeline; the file itself when it names none.
   *
   * @param repository the paths of all files
   * @param reader reads one of them
   * @throws Invalid INVALID_PROJECT_FILE with every problem, by node and field
   */
  static ProjectFile of(
      ProjectFile file, Collection<String> repository, Function<String, Optional<byte[]>> reader) {
    var declared = file.pipeline();
    if (declared == null) {
      return file;
    }
    var json =
        reader
            .apply(declared.file())
            .orElseThrow(
                () ->
                    new Invalid(
                        ErrorCode.INVALID_PROJECT_FILE,
                        declared.file(),
                        "is not in the repository; balsam.yaml names it as its pipeline"));
    var pipeline = PipelineParser.parse(json, declared.file());
    return new PipelineSteps(file, declared, pipeline, new HashSet<>(repository)).translate();
  }

  private ProjectFile translate() {
    names = NodeNames.of(file, pipeline, problems);
    problems.raise();
    var stages = new ArrayList<Stage>();
    for (var nodes : pipeline.stages()) {
      var number = stages.size() + 1;
      stages.add(new Stage("stage-" + number, nodes.stream().map(this::step).toList()));
    }
    NodeConflicts.find(stages, problems);
    problems.raise();
    return file.withStages(stages);
  }

  private Step step(Pipeline.Node node) {
    var said = declared.of(node.label());
    var name = names.get(node.id());
    var outputs = new ArrayList<Output>();
    said.datasets()
        .forEach((path, dataset) -> outputs.add(new Output(dataset, baseName(node, path))));
    return new Step(
        name,
        said.gsbpm() == null ? declared.gsbpm() : said.gsbpm(),
        command(node),
        inputs(said),
        outputs,
        Map.of(),
        resources(node, said),
        said.network(),
        new ProjectFile.Node(
            node.label(),
            image(node),
            node.environment(),
            ancestors(node),
            List.copyOf(said.datasets().keySet()),
            kept(node)));
  }

  private String baseName(Pipeline.Node node, String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    if (!FILE_NAME.matcher(name).matches()) {
      problem(node, "outputs", "'" + Shown.of(name) + "' cannot be the file of a dataset");
    }
    return name;
  }

  private JobSpec.Command command(Pipeline.Node node) {
    var files = Map.<String, String>of();
    try {
      files = NodeFiles.of(declared.file(), node, repository);
    } catch (Invalid missing) {
      problems.addAll(missing.problems());
    }
    return new JobSpec.Command(node.kind(), node.file(), List.of(), files);
  }

  private List<StepInput> inputs(PipelineNode said) {
    var names = said.inputs() == null ? file.inputNames().toList() : said.inputs();
    return names.stream()
        .map(
            name ->
                new StepInput(
                    name,
                    name,
                    file.inputs().containsKey(name) ? file.inputs().get(name).dataset() : null))
        .toList();
  }

  private static JobSpec.Resources resources(Pipeline.Node node, PipelineNode said) {
    var defaults = StepResources.read(MissingNode.getInstance());
    var demand = node.demand();
    return new JobSpec.Resources(
        demand.cpu() == 0 ? defaults.cpu() : demand.cpu(),
        demand.memoryMib() == 0 ? defaults.memoryMib() : demand.memoryMib(),
        demand.gpu(),
        said.time(),
        said.maxOutputBytes());
  }

  /** Names that may mean other bytes tomorrow are pinned in balsam.yaml, or left to the runtime. */
  private String image(Pipeline.Node node) {
    var name = node.image();
    if (name.isEmpty() || PINNED.matcher(name).matches()) {
      return name;
    }
    var pinned = declared.images().get(name);
    if (pinned == null) {
      problem(
          node,
          "runtime_image",
          "'%s' has no digest; write name@sha256:…, or say in balsam.yaml what it stands for: pipeline.images: { \"%s\": name@sha256:… }, where null stands for the runtime of the machine"
              .formatted(Shown.of(name), Shown.of(name)));
    }
    return pinned == null ? "" : pinned;
  }

  private List<String> ancestors(Pipeline.Node node) {
    var ids = pipeline.ancestors(node);
    return pipeline.stages().stream()
        .flatMap(List::stream)
        .map(Pipeline.Node::id)
        .filter(ids::contains)
        .map(names::get)
        .toList();
  }

  private List<String> kept(Pipeline.Node node) {
    var kept = new LinkedHashSet<>(node.outputs());
    if (node.kind() == JobSpec.Kind.NOTEBOOK) {
      kept.add(new JobSpec.Command(node.kind(), node.file(), List.of()).executedCopy());
    }
    kept.removeAll(declared.of(node.label()).datasets().keySet());
    return List.copyOf(kept);
  }

  private void problem(Pipeline.Node node, String field, String message) {
    problems.add(node.label(), field, message);
  }
}
