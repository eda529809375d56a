package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A working folder with sets, and the steps on it, in the JVM of the test. */
final class Sets {

  /** Rows of {@link #row}: shape and size tell the class, now and then one of them is missing. */
  static final int ROWS = 400;

  final Path work;
  final Map<String, String> environment =
      new TreeMap<>(
          Map.of(
              "BALSAM_TARGET", "class",
              "BALSAM_ROW", "id",
              "BALSAM_FEATURES", "shape:category,size:number",
              "BALSAM_CLASSES", "no,yes",
              "BALSAM_SEED", "42"));
  final List<String> log = new ArrayList<>();

  Sets(Path work) throws IOException {
    this.work = work;
    Files.createDirectories(work.resolve("in"));
    Files.createDirectories(work.resolve("out"));
  }

  /** Rows with two classes and missing values. */
  static String rows(int from, int to) {
    var text = new StringBuilder("id,shape,size,class\n");
    for (int i = from; i < to; i++) {
      text.append(row(i));
    }
    return text.toString();
  }

  private static String row(int i) {
    var yes = i % 4 == 0;
    var shape = i % 11 == 0 ? "" : List.of("round", "flat", "long").get(i % (yes ? 2 : 3));
    var size = i % 7 == 0 ? "" : String.valueOf((yes ? 30 : 10) + i % 13);
    return i + "," + shape + "," + size + "," + (yes ? "yes" : "no") + "\n";
  }

  Sets file(String path, String content) {
    try {
      var file = work.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  Sets environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  void train(String... folders) throws IOException {
    var step = new TrainClassifier(new StepEnvironment(environment), work, log::add);
    step.run(List.of(folders));
  }

  /** Applies what was trained to a set and gives the lines of the predictions. */
  List<String> score(String rows) throws IOException {
    file("in/set/set.csv", rows);
    var model = Files.createDirectories(work.resolve("in/model")).resolve("model.onnx");
    Files.write(model, Files.readAllBytes(work.resolve("out/model.onnx")));
    new ScoreClassifier(new StepEnvironment(environment), work).run();
    return Files.readAllLines(work.resolve("out/predictions.csv"));
  }
}
