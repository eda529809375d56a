package org.balsam.usecase.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Freezes what a training reads: for every input of the model the exact object versions of data up
 * to the end of the period, and nothing later. Names objects, never copies them.
 */
@Component
public class FreezeTrainingData {

  private final DeclaredProject declared;
  private final Deliveries deliveries;
  private final VersionRegister register;
  private final ObjectStore store;
  private final BucketNames buckets;

  FreezeTrainingData(
      DeclaredProject declared,
      Deliveries deliveries,
      VersionRegister register,
      ObjectStore store,
      BucketNames buckets) {
    this.declared = declared;
    this.deliveries = deliveries;
    this.register = register;
    this.store = store;
    this.buckets = buckets;
  }

  /**
   * What to freeze.
   *
   * @param commit the commit whose {@code balsam.yaml} declares the model and its inputs
   */
  public record Command(TrainingId training, ModelName model, Period period, String commit) {}

  /** Reference of the manifest of all inputs together. */
  public record Result(Manifest.Reference inputSet) {}

  /**
   * Freezes it; repeating it on unchanged data gives the same versions.
   *
   * @throws Rejection INPUTS_MISSING naming every required input without data
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var project = command.training.project();
    var file = declared.at(project, command.commit);
    var model = file.models().get(command.model.value());
    var entries = new ArrayList<Manifest.Entry>();
    var missing = new ArrayList<String>();
    for (var name : model.inputs()) {
      var input = file.inputs().get(name);
      var frozen = freeze(command.training, command.period, name, input);
      if (frozen.isEmpty() && input.required()) {
        missing.add(name + " (" + input.dataset() + ")");
      }
      entries.addAll(frozen);
    }
    if (!missing.isEmpty()) {
      throw new Rejection(
          ErrorCode.INPUTS_MISSING,
          "training %s does not start, because these inputs have no data up to the end of %s: %s"
              .formatted(command.training, command.period, String.join(", ", missing)));
    }
    var key = "trainings/" + command.training.suffix() + "/inputs.csv";
    return new Result(new Manifest(entries).store(store, buckets.of(project, "prov"), key));
  }

  private List<Manifest.Entry> freeze(
      TrainingId training, Period period, String name, ProjectFile.Input input) {
    var project = training.project();
    var dataset = input.dataset().of(project);
    if (!input.isMonthly()) {
      return register
          .newest(dataset, period.previous())
          .map(version -> FreezeInputs.labelled(name, version, register.manifest(version)))
          .orElse(List.of());
    }
    var entries =
        deliveries.newest(dataset, delivered -> !delivered.end().isAfter(period.end())).stream()
            .map(delivery -> delivery.entry(name, dataset.value()))
            .toList();
    if (entries.isEmpty()) {
      return List.of();
    }
    var version =
        register.freeze(dataset, period, 0, entries, Map.of("training", training.value()));
    return FreezeInputs.labelled(name, version, new Manifest(entries));
  }
}
