package org.balsam.usecase.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.balsam.kernel.NotFound;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.promotion.Feature;
import org.balsam.standard.promotion.FeatureKind;
import org.balsam.standard.promotion.Predictions;
import org.balsam.standard.promotion.SetTable;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/** Reads the sets and predictions of a training, verified. */
@Component
class EvaluationSets {

  private final StepBook book;
  private final ObjectStore store;

  EvaluationSets(StepBook book, ObjectStore store) {
    this.book = book;
    this.store = store;
  }

  /** A set of a run by the name that the project file uses: {@code test}. */
  SetTable set(String run, ProjectFile.Model model, String name) {
    var dataset = Objects.requireNonNull(model.sets().byName().get(name)).value();
    var file =
        find(run, "set " + dataset, output -> output.dataset().equals(dataset) && csv(output));
    return SetTable.read(file.file(), file.content().open(store), model.row(), columns(model));
  }

  Predictions predictions(String run, RunPlans.Scoring scoring, ProjectFile.Model model) {
    var file = find(run, scoring.file(), output -> output.file().equals(scoring.file()));
    return Predictions.read(file.content().open(store), model.classes());
  }

  /** The features of the model in a set, in the order of the project file. */
  static List<Feature> features(SetTable set, ProjectFile.Model model) {
    return model.features().entrySet().stream()
        .map(
            feature ->
                Feature.of(
                    feature.getKey(),
                    FeatureKind.valueOf(feature.getValue().name()),
                    set.column(feature.getKey())))
        .toList();
  }

  private static Set<String> columns(ProjectFile.Model model) {
    var columns = new LinkedHashSet<>(model.features().keySet());
    columns.addAll(model.groups());
    return columns;
  }

  private static boolean csv(StepOutput output) {
    return output.file().endsWith(".csv");
  }

  private StepOutput find(
      String run, String what, java.util.function.Predicate<StepOutput> predicate) {
    return book.outputs(run).stream()
        .filter(predicate)
        .findFirst()
        .orElseThrow(() -> new NotFound("run " + run + " did not write " + what));
  }
}
