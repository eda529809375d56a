package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * The step {@code score-classifier}: applies {@code in/model/model.onnx} to the rows of {@code
 * in/set/*.csv} and writes {@code out/predictions.csv}, one line for each row in its order: name,
 * true class (empty where unknown), probability of each class.
 */
final class ScoreClassifier {

  private static final int BATCH = 1024;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final StepEnvironment environment;
  private final Path work;

  ScoreClassifier(StepEnvironment environment, Path work) {
    this.environment = environment;
    this.work = work;
  }

  void run() throws IOException {
    try (var model = new OnnxClassifier(model(), environment.classes())) {
      var set =
          new DataSetReader(work, environment, model.features(), false)
              .read(work.resolve("in/set"));
      write(set, model);
    }
  }

  private byte[] model() throws IOException {
    var file = work.resolve("in/model/model.onnx");
    if (!Files.isRegularFile(file)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "in/model/model.onnx", "is missing; it is the model to apply");
    }
    return Files.readAllBytes(file);
  }

  private void write(DataSet set, OnnxClassifier model) throws IOException {
    var file = work.resolve("out/predictions.csv");
    try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        var printer = new CSVPrinter(writer, FORMAT)) {
      var header = new ArrayList<>(List.of("row", "truth"));
      environment.classes().forEach(name -> header.add("p_" + name));
      printer.printRecord(header);
      for (int from = 0; from < set.size(); from += BATCH) {
        var to = Math.min(set.size(), from + BATCH);
        var probabilities = model.probabilities(set, from, to);
        for (int i = from; i < to; i++) {
          write(printer, set, i, probabilities[i - from]);
        }
      }
    }
  }

  private static void write(CSVPrinter printer, DataSet set, int row, float[] probabilities)
      throws IOException {
    printer.print(set.rows().get(row));
    printer.print(set.truths().get(row));
    for (var probability : probabilities) {
      printer.print(Numbers.plain(probability));
    }
    printer.println();
  }
}
