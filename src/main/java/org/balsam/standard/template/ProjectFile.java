package org.balsam.standard.template;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Period.Frequency;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.gate.CheckDefinition;
import org.balsam.standard.gate.ProductType;
import org.jspecify.annotations.Nullable;

/**
 * A project's {@code balsam.yaml}, version 1: what a round of the project consumes, computes,
 * checks and releases, and which models it trains. Made by {@link ProjectFileParser} only, so every
 * instance is consistent: each name refers to something that is there.
 *
 * @param inputs by name, in the order of the file
 * @param modelInputs versions of the project's models that a round uses, by the name of the input
 * @param stages of a round, run one after the other; empty when the project has models and no
 *     rounds, and as long as those of the pipeline were not read
 * @param pipeline the Elyra pipeline that the stages come from; null for those of the file itself
 * @param release the datasets to publish, all of layer {@code out}; empty as {@code stages} is
 * @param models by name, in the order of the file; empty when the project trains none
 */
public record ProjectFile(
    Product product,
    Map<String, Input> inputs,
    Map<String, ModelVersionId> modelInputs,
    List<Stage> stages,
    @Nullable Pipeline pipeline,
    List<DatasetRef> release,
    List<CheckDefinition> checks,
    Map<String, Model> models) {

  public ProjectFile {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    modelInputs = Collections.unmodifiableMap(new LinkedHashMap<>(modelInputs));
    stages = List.copyOf(stages);
    release = List.copyOf(release);
    checks = List.copyOf(checks);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** Whether rounds can be run: a project that only trains models has none. */
  public boolean hasRounds() {
    return pipeline != null || !stages.isEmpty();
  }

  /** The same with the stages of its pipeline. */
  ProjectFile withStages(List<Stage> own) {
    return new ProjectFile(product, inputs, modelInputs, own, pipeline, release, checks, models);
  }

  /** The environment variable of a step in which a parameter is handed over. */
  public static String variable(String parameter) {
    return "BALSAM_PARAM_" + parameter.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The names of all inputs that a round freezes. */
  public Stream<String> inputNames() {
    return Stream.concat(inputs.keySet().stream(), modelInputs.keySet().stream());
  }

  /** Whether the files of an input carry their month before the name. */
  public boolean isMonthly(String input) {
    return inputs.containsKey(input) && inputs.get(input).isMonthly();
  }

  /** The declared model that a step of a round applies with a program of Balsam. */
  public Optional<Model> applied(Step step) {
    return step.inputs().stream()
        .filter(input -> step.command().kind() == JobSpec.Kind.JAVA)
        .map(input -> modelInputs.get(String.valueOf(input.input())))
        .filter(Objects::nonNull)
        .map(version -> models.get(version.model().value()))
        .findFirst();
  }

  /** How many steps the stage at {@code index} has, counted from 0. */
  public int stepCount(int index) {
    return stages.get(index).steps().size();
  }

  /** All steps of all stages of a round, in order. */
  public Stream<Step> steps() {
    return stages.stream().flatMap(stage -> stage.steps().stream());
  }

  /** All steps of the file: those of a round, then those of every model with its predict step. */
  public Stream<Step> allSteps() {
    return Stream.concat(
        steps(),
        models.values().stream()
            .flatMap(model -> Stream.concat(model.steps(), Stream.of(model.predict()))));
  }

  /** The step of this name. */
  public Optional<Step> step(String name) {
    return steps().filter(step -> step.name().equals(name)).findFirst();
  }

  /** The step that writes {@code dataset}. */
  public Optional<Step> writerOf(DatasetRef dataset) {
    return steps().filter(step -> step.files(dataset).findAny().isPresent()).findFirst();
  }

  /** The one CSV file of a dataset that a check reads, for example {@code months.csv}. */
  public Optional<String> csvFile(DatasetRef dataset) {
    return steps()
        .flatMap(step -> step.files(dataset))
        .filter(file -> file.endsWith(".csv"))
        .findFirst();
  }

  /** The published counterpart of a dataset of the release list: {@code rel/employment}. */
  public static DatasetRef released(DatasetRef output) {
    return new DatasetRef(Layer.REL, output.name());
  }

  /**
   * The statistical product.
   *
   * @param type an input of the decision table {@code qualityGate}
   * @param frequency the length of the reference period of a round
   * @param unit the unit of the figures, for people
   */
  public record Product(String title, ProductType type, Frequency frequency, String unit) {}

  /**
   * A dataset that a round freezes before anything else.
   *
   * @param dataset {@code raw/…} for deliveries by month, {@code rel/…} for an earlier release
   * @param known how many months of the round's own period are known
   * @param of which earlier release; null for deliveries by month
   * @param required whether a round without it is refused
   */
  public record Input(
      DatasetRef dataset, KnownMonths known, @Nullable Earlier of, boolean required) {

    /**
     * How many months of the round's own period may be seen at {@code revision}: the first so many.
     * 0 for an earlier release.
     */
    public int knownMonths(int revision) {
      return known.at(revision);
    }

    /** Whether the input is a set of monthly deliveries rather than an earlier release. */
    public boolean isMonthly() {
      return of == null;
    }
  }

  /**
   * Known months of a period by revision.
   *
   * @param byRevision for the revisions that differ
   * @param otherwise for every other revision
   */
  public record KnownMonths(Map<Integer, Integer> byRevision, int otherwise) {
    public KnownMonths {
      byRevision = Map.copyOf(byRevision);
    }

    int at(int revision) {
      return byRevision.getOrDefault(revision, otherwise);
    }
  }

  /** Which earlier release of the project an input is. */
  public enum Earlier {
    /** The same reference period, one revision before. */
    PREVIOUS_REVISION,
    /** The reference period before, its newest revision. */
    PREVIOUS_PERIOD
  }

  /**
   * An Elyra pipeline whose nodes are the steps of a round.
   *
   * @param file path of the pipeline in the repository
   * @param gsbpm the GSBPM sub-process of nodes that have none of their own
   * @param images what the names of images in the pipeline stand for: an image with its digest, or
   *     empty for what the runtime has for the kind of step
   * @param nodes what the pipeline's own file cannot say, by the node's label
   */
  public record Pipeline(
      String file, String gsbpm, Map<String, String> images, Map<String, PipelineNode> nodes) {
    public Pipeline {
      images = Map.copyOf(images);
      nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** What is said of the node with this label; of one that is not named, what holds for all. */
    PipelineNode of(String label) {
      return nodes.getOrDefault(label, PipelineNode.UNNAMED);
    }
  }

  /**
   * What {@code balsam.yaml} says of a node.
   *
   * @param name of the step; null for one that is made from the label
   * @param gsbpm null for the pipeline's
   * @param inputs names of inputs that the node reads; null for all of the file
   * @param datasets by the path in the node's folder, files that become part of a dataset
   */
  public record PipelineNode(
      @Nullable String name,
      @Nullable String gsbpm,
      @Nullable List<String> inputs,
      Map<String, DatasetRef> datasets,
      Duration time,
      long maxOutputBytes,
      JobSpec.NetworkClass network) {
    private static final PipelineNode UNNAMED = PipelineReader.node(MissingNode.getInstance());

    public PipelineNode {
      inputs = inputs == null ? null : List.copyOf(inputs);
      datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    }
  }

  /**
   * What a step that is a node of a pipeline has beside others.
   *
   * @param label in the pipeline
   * @param image with its digest; empty for what the runtime has for the kind of step
   * @param environment variables of the node's own
   * @param ancestors names of the steps whose outputs the node finds in its folder, in the order of
   *     their stages; of two files of the same path the later one counts
   * @param paths where the node writes the files of its declared outputs, in the same order
   * @param kept paths and patterns of all that it keeps, which becomes {@code proc/<step>} unless
   *     it is a declared output
   */
  public record Node(
      String label,
      String image,
      Map<String, String> environment,
      List<String> ancestors,
      List<String> paths,
      List<String> kept) {
    public Node {
      environment = Map.copyOf(environment);
      ancestors = List.copyOf(ancestors);
      paths = List.copyOf(paths);
      kept = List.copyOf(kept);
    }
  }

  /** Steps that run in parallel. */
  public record Stage(String name, List<Step> steps) {
    public Stage {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One computation.
   *
   * @param name unique in the file; at most 10 letters and digits
   * @param gsbpm the GSBPM sub-process, for example {@code 5.7}; empty when a model's step has none
   * @param inputs what the step reads
   * @param outputs the files it must write; at least one, but none for a predict step
   * @param parameters handed over as {@code BALSAM_PARAM_<NAME>}
   * @param node null unless the step is a node of a pipeline
   */
  public record Step(
      String name,
      String gsbpm,
      JobSpec.Command command,
      List<StepInput> inputs,
      List<Output> outputs,
      Map<String, String> parameters,
      JobSpec.Resources resources,
      JobSpec.NetworkClass network,
      @Nullable Node node) {
    public Step {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      parameters = Map.copyOf(parameters);
    }

    /**
     * The step as a node.
     *
     * @throws NullPointerException when it is none
     */
    public Node asNode() {
      return Objects.requireNonNull(node, "the step is a node of a pipeline");
    }

    /** The dataset of what a node keeps beside its declared outputs. */
    public DatasetRef keptAs() {
      return new DatasetRef(Layer.PROC, name);
    }

    /** The files that the step writes to {@code dataset}. */
    public Stream<String> files(DatasetRef dataset) {
      return outputs.stream().filter(output -> output.dataset().equals(dataset)).map(Output::file);
    }

    /** The datasets that the step writes. */
    public Set<DatasetRef> datasets() {
      return outputs.stream()
          .map(Output::dataset)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /**
   * What a step reads.
   *
   * @param folder the folder's name under {@code in/}: the input's name, or {@code std_months};
   *     {@code model} and {@code set} where a program of Balsam applies a model
   * @param input the name of an input of the file; null for a dataset of an earlier stage
   * @param dataset the dataset; null for a model
   */
  public record StepInput(String folder, @Nullable String input, @Nullable DatasetRef dataset) {

    StepInput in(String other) {
      return new StepInput(other, input, dataset);
    }
  }

  /**
   * One file that a step writes.
   *
   * @param file its name in the step's folder {@code out/}
   */
  public record Output(DatasetRef dataset, String file) {}

  /** What a model does. */
  public enum Task {
    /** Puts each row into one of the declared classes. */
    CLASSIFICATION
  }

  /** How a feature's values are compared when drift is measured. */
  public enum FeatureKind {
    CATEGORY,
    NUMBER
  }

  /** The datasets on which a model is made and judged, each with one CSV file. */
  public record Sets(DatasetRef train, DatasetRef validation, DatasetRef test, DatasetRef latest) {

    /** By the name that the file uses: train, validation, test, latest, in this order. */
    public Map<String, DatasetRef> byName() {
      var sets = new LinkedHashMap<String, DatasetRef>();
      sets.put("train", train);
      sets.put("validation", validation);
      sets.put("test", test);
      sets.put("latest", latest);
      return Collections.unmodifiableMap(sets);
    }
  }

  /**
   * A model that the project trains.
   *
   * @param name 3 to 24 characters
   * @param method the method version, {@code v1.0.0}
   * @param target the column of the sets with the true class
   * @param positive the class that the binary measures are about; null for more than two classes
   * @param row the column that identifies a row
   * @param classes at least two, in the order of the prediction's columns
   * @param listClasses classes whose recall is watched on its own
   * @param groups columns over whose values fairness is judged
   * @param features columns that are watched for drift, in the order of the file
   * @param seed 0 to 4294967295
   * @param parameters handed over as {@code BALSAM_PARAM_<NAME>}, a hyphen as underscore
   * @param dpia reference of the data protection impact assessment; never null with personal data
   * @param image image with digest; null for the runtime of the machine
   * @param reproduce whether a training is repeated from its record before it is judged
   * @param retrainOnData whether data that complete a later period than the champion's start a
   *     training
   * @param rollback {@code previous}, or the version {@code 1.2.0} to go back to
   * @param card path of the parts of the model card that people write
   * @param inputs names of inputs of the file that a training freezes
   * @param stages of a training, run one after the other; at least one
   * @param artefact the dataset that is the model
   * @param predict applies the artefact to a set and writes {@code predictions.csv}
   * @param thresholds by name as the file writes them; one left out has its default
   */
  public record Model(
      String name,
      String title,
      String method,
      Task task,
      String target,
      @Nullable String positive,
      String row,
      List<String> classes,
      List<String> listClasses,
      List<String> groups,
      Map<String, FeatureKind> features,
      long seed,
      Map<String, String> parameters,
      boolean personalData,
      @Nullable String dpia,
      @Nullable String image,
      boolean reproduce,
      boolean retrainOnData,
      String rollback,
      String card,
      List<String> inputs,
      List<Stage> stages,
      Sets sets,
      DatasetRef artefact,
      Step predict,
      Map<String, BigDecimal> thresholds) {
    public Model {
      classes = List.copyOf(classes);
      listClasses = List.copyOf(listClasses);
      groups = List.copyOf(groups);
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
      parameters = Map.copyOf(parameters);
      inputs = List.copyOf(inputs);
      stages = List.copyOf(stages);
      thresholds = Map.copyOf(thresholds);
    }

    /** All steps of a training, in order, without the predict step. */
    public Stream<Step> steps() {
      return stages.stream().flatMap(stage -> stage.steps().stream());
    }

    /** The step that writes {@code dataset}. */
    public Optional<Step> writerOf(DatasetRef dataset) {
      return steps().filter(step -> step.files(dataset).findAny().isPresent()).findFirst();
    }

    /** The name of the one CSV file of a set, for example {@code train.csv}. */
    public String csvFile(DatasetRef set) {
      return steps()
          .flatMap(step -> step.files(set))
          .filter(file -> file.endsWith(".csv"))
          .findFirst()
          .orElseThrow();
    }
  }
}
