package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobJson;
import org.tribuo.Tribuo;

/**
 * The step {@code train-classifier}: learns from the training set and writes {@code model.onnx},
 * {@code metrics.csv} (measures after each epoch) and {@code training.json} (what the model was
 * made from and with). The same inputs, parameters and seed give the same bytes.
 */
final class TrainClassifier {

  private final StepEnvironment environment;
  private final Path work;
  private final Consumer<String> log;

  TrainClassifier(StepEnvironment environment, Path work, Consumer<String> log) {
    this.environment = environment;
    this.work = work;
    this.log = log;
  }

  /**
   * Trains.
   *
   * @param arguments the folders of training and validation set under {@code in/}; found by their
   *     names when left out
   */
  void run(List<String> arguments) throws IOException {
    var parameters = environment.parameters();
    var seed = environment.seed();
    var folders = SetFolders.in(work, arguments);
    var sets = new TreeMap<String, DataSet>();
    sets.put("train", read(folders.train()));
    requireAllClasses(sets.get("train"), folders.train());
    if (folders.validation().isPresent()) {
      sets.put("validation", read(folders.validation().get()));
    }
    var encoding = Encoding.of(sets.get("train"), parameters.minFrequency());
    var model = fit(sets, encoding, parameters, seed);
    var out = work.resolve("out");
    Files.write(out.resolve("model.onnx"), OnnxExport.of(model, encoding, environment.classes()));
    Files.write(out.resolve("training.json"), JobJson.write(record(sets, encoding, parameters)));
  }

  private LinearModel fit(
      Map<String, DataSet> sets, Encoding encoding, TrainingParameters parameters, long seed)
      throws IOException {
    var classes = environment.classes();
    var rows = new TreeMap<String, List<Encoding.Terms>>();
    sets.forEach((name, set) -> rows.put(name, encoding.encode(set)));
    var training =
        new LinearTraining(classes, encoding.size(), rows.get("train"), sets.get("train").truths());
    try (var series = new MetricSeries(work.resolve("out/metrics.csv"), classes, log)) {
      return training.fit(
          parameters,
          seed,
          (model, epoch) ->
              sets.forEach(
                  (name, set) -> series.add(epoch, name, model, rows.get(name), set.truths())));
    }
  }

  private DataSet read(Path folder) throws IOException {
    return new DataSetReader(work, environment, environment.features(), true).read(folder);
  }

  private void requireAllClasses(DataSet train, Path folder) {
    for (var name : environment.classes()) {
      if (!train.truths().contains(name)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            work.relativize(folder).toString(),
            "the column '"
                + environment.target()
                + "' never holds '"
                + name
                + "'; a model can only learn a class that occurs in the training set, which has "
                + counts(train));
      }
    }
  }

  private static Map<String, Long> counts(DataSet set) {
    return set.truths().stream()
        .collect(Collectors.groupingBy(truth -> truth, TreeMap::new, Collectors.counting()));
  }

  private Map<String, Object> record(
      Map<String, DataSet> sets, Encoding encoding, TrainingParameters parameters) {
    var rows = new TreeMap<String, Object>();
    sets.forEach((name, set) -> rows.put(name, counts(set)));
    var record = new TreeMap<String, Object>();
    record.put("algorithm", "multinomial logistic regression, AdaGrad");
    record.put("libraries", Map.of("tribuo", Tribuo.VERSION));
    record.put("classes", environment.classes());
    record.put("features", environment.features());
    record.put("terms", encoding.size());
    record.put("parameters", parameters.toMap());
    record.put("seed", environment.seed());
    record.put("rows", rows);
    return record;
  }
}
