package org.balsam.usecase.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.promotion.Pins;
import org.balsam.standard.template.DatasetRef;
import org.balsam.standard.template.ProjectFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what a training is pinned to. */
@Component
class TrainingPins {

  private static final Set<String> SETS = Set.of("training set", "validation set", "test set");

  private final TrainedModels models;
  private final ObjectStore store;

  TrainingPins(TrainedModels models, ObjectStore store) {
    this.models = models;
    this.store = store;
  }

  Pins of(TrainingEntity training) {
    var model = models.of(training);
    var sets =
        training.setManifest == null
            ? new Manifest(List.of())
            : Manifest.read(store, training.sets());
    return new Pins(
        training.commitId,
        training.runtime,
        set(sets, model.sets().train()),
        set(sets, model.sets().validation()),
        set(sets, model.sets().test()),
        training.seed,
        parameters(training),
        labels(model),
        training.method);
  }

  /** What is not pinned, apart from the sets that the training itself prepares. */
  List<String> missingBeforeTraining(TrainingEntity training) {
    return of(training).missing().stream().filter(name -> !SETS.contains(name)).toList();
  }

  private static Map<String, String> parameters(TrainingEntity training) {
    return TrainingParameters.parse(training.parameters);
  }

  private static String labels(ProjectFile.Model model) {
    return "column %s of %s".formatted(model.target(), String.join(", ", model.inputs()));
  }

  private static Pins.@Nullable PinnedSet set(Manifest sets, DatasetRef dataset) {
    return sets.of(dataset.value()).stream()
        .filter(entry -> entry.fileName().endsWith(".csv"))
        .findFirst()
        .map(entry -> new Pins.PinnedSet(entry.datasetVersion(), entry.sha256()))
        .orElse(null);
  }
}
