package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.balsam.platform.compute.classifier.Encoding.Terms;

/**
 * The measures of a model after each epoch, as lines {@code step,name,value} that are readable
 * while the training goes on.
 */
final class MetricSeries implements AutoCloseable {

  /** Keeps the logarithm finite for a true class that was given no chance. */
  private static final double LEAST = 1e-15;

  private final Writer file;
  private final List<String> classes;
  private final Consumer<String> log;

  MetricSeries(Path file, List<String> classes, Consumer<String> log) throws IOException {
    this.file = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    this.classes = classes;
    this.log = log;
    this.file.write("step,name,value\n");
  }

  /**
   * Adds the mean log loss (in nats) and the Brier score (mean squared error of all probabilities,
   * for two classes of the second one's) of one set.
   */
  void add(int epoch, String set, LinearModel model, List<Terms> rows, List<String> truths) {
    double loss = 0;
    double error = 0;
    for (int i = 0; i < rows.size(); i++) {
      var probabilities = model.probabilities(rows.get(i));
      int truth = classes.indexOf(truths.get(i));
      loss -= Math.log(Math.max(LEAST, probabilities[truth]));
      for (int c = 0; c < probabilities.length; c++) {
        var off = probabilities[c] - (c == truth ? 1 : 0);
        error += off * off;
      }
    }
    var halves = classes.size() == 2 ? 2 : 1;
    write(epoch, set + "-loss", loss / rows.size());
    write(epoch, set + "-brier", error / halves / rows.size());
  }

  private void write(int epoch, String name, double value) {
    if (!Double.isFinite(value)) {
      throw StepEnvironment.invalid(
          "learning-rate", "is too high: " + name + " is no number after epoch " + epoch);
    }
    try {
      file.write(epoch + "," + name + "," + value + "\n");
      file.flush();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    log.accept("epoch " + epoch + ": " + name + " " + value);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
