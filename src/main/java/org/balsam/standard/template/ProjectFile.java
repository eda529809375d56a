package org.balsam.standard.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period.Frequency;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.gate.CheckDefinition;
import org.balsam.standard.gate.ProductType;
import org.jspecify.annotations.Nullable;

/**
 * A project's {@code balsam.yaml}, version 1: what a round of the project consumes, computes,
 * checks and releases. Made by {@link ProjectFileParser} only, so every instance is consistent:
 * each name refers to something that is there.
 *
 * @param inputs by name, in the order of the file
 * @param stages run one after the other; at least one
 * @param release the datasets to publish, all of layer {@code out}; at least one
 */
public record ProjectFile(
    Product product,
    Map<String, Input> inputs,
    List<Stage> stages,
    List<DatasetRef> release,
    List<CheckDefinition> checks) {

  public ProjectFile {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    stages = List.copyOf(stages);
    release = List.copyOf(release);
    checks = List.copyOf(checks);
  }

  /** How many steps the stage at {@code index} has, counted from 0. */
  public int stepCount(int index) {
    return stages.get(index).steps().size();
  }

  /** All steps of all stages, in order. */
  public Stream<Step> steps() {
    return stages.stream().flatMap(stage -> stage.steps().stream());
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
   * @param gsbpm the GSBPM sub-process, for example {@code 5.7}
   * @param inputs what the step reads
   * @param outputs the files it must write; at least one
   * @param parameters handed over as {@code BALSAM_PARAM_<NAME>}
   */
  public record Step(
      String name,
      String gsbpm,
      JobSpec.Command command,
      List<StepInput> inputs,
      List<Output> outputs,
      Map<String, String> parameters,
      JobSpec.Resources resources,
      JobSpec.NetworkClass network) {
    public Step {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      parameters = Map.copyOf(parameters);
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
   * @param folder the folder's name under {@code in/}: the input's name, or {@code std_months}
   * @param input the name of an input of the file; null for a dataset of an earlier stage
   * @param dataset the dataset
   */
  public record StepInput(String folder, @Nullable String input, DatasetRef dataset) {}

  /**
   * One file that a step writes.
   *
   * @param file its name in the step's folder {@code out/}
   */
  public record Output(DatasetRef dataset, String file) {}
}
