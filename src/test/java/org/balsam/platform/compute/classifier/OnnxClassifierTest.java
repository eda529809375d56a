package org.balsam.platform.compute.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxClassifierTest {

  private static final List<String> CLASSES = List.of("a", "b", "c");

  @TempDir Path temporary;

  private static DataSet set(int rows, Random random) {
    var ids = new ArrayList<String>();
    var colours = new ArrayList<String>();
    var shapes = new ArrayList<String>();
    var sizes = new double[rows];
    for (int i = 0; i < rows; i++) {
      ids.add("r" + i);
      colours.add(List.of("grün", "red", "", "never seen " + i).get(random.nextInt(4)));
      shapes.add("rare " + random.nextInt());
      sizes[i] = random.nextInt(5) == 0 ? Double.NaN : (float) random.nextGaussian() * 50;
    }
    var categories = new LinkedHashMap<String, List<String>>();
    categories.put("colour", colours);
    categories.put("shape", shapes);
    return new DataSet(ids, ids, categories, Map.of("size", sizes));
  }

  private static LinearModel model(int terms, Random random) {
    var weights = new double[CLASSES.size()][terms];
    for (var ofClass : weights) {
      for (int t = 0; t < terms; t++) {
        ofClass[t] = random.nextGaussian();
      }
    }
    return new LinearModel(weights, new double[] {0.5, -1, 0});
  }

  @Test
  void theGraphGivesWhatTheModelGives() {
    var random = new Random(7);
    var set = set(500, random);
    var encoding = Encoding.of(set, 10);
    assertThat(encoding.categories()).containsEntry("shape", List.of());
    var model = model(encoding.size(), random);

    try (var graph = new OnnxClassifier(OnnxExport.of(model, encoding, CLASSES), CLASSES)) {
      assertThat(graph.features())
          .containsExactly(
              Map.entry("colour", FeatureKind.CATEGORY),
              Map.entry("shape", FeatureKind.CATEGORY),
              Map.entry("size", FeatureKind.NUMBER));
      var unseen = set(300, random);
      var expected = encoding.encode(unseen).stream().map(model::probabilities).toList();
      var actual = graph.probabilities(unseen, 0, 300);
      for (int i = 0; i < 300; i++) {
        for (int c = 0; c < 3; c++) {
          assertThat((double) actual[i][c]).isCloseTo(expected.get(i)[c], within(1e-5));
        }
      }
    }
  }

  @Test
  void theLastEpochIsTheModel() {
    var set = set(200, new Random(3));
    var truths =
        set.rows().stream().map(row -> CLASSES.get(Math.floorMod(row.hashCode(), 3))).toList();
    var encoding = Encoding.of(set, 5);
    var rows = encoding.encode(set);
    var epochs = new ArrayList<double[]>();
    var parameters = new TrainingParameters(4, 0.1, 7, 5);

    var model =
        new LinearTraining(CLASSES, encoding.size(), rows, truths)
            .fit(parameters, 1, (state, epoch) -> epochs.add(state.probabilities(rows.get(0))));

    assertThat(epochs).hasSize(4).doesNotHaveDuplicates();
    assertThat(epochs.get(3)).isEqualTo(model.probabilities(rows.get(0)));
    assertThat(epochs.get(2)).isNotEqualTo(epochs.get(3));
  }

  @Test
  void refusesWhatIsNotAClassifierForTheClasses() throws Exception {
    var set = set(50, new Random(1));
    var encoding = Encoding.of(set, 5);
    var model = OnnxExport.of(model(encoding.size(), new Random(1)), encoding, CLASSES);

    assertRefused("hello".getBytes(), CLASSES, "in/model/model.onnx: is not an ONNX model");
    assertRefused(new byte[0], CLASSES, "is not an ONNX model");
    assertRefused(
        model, List.of("b", "a", "c"), "was made for the classes a,b,c, not for [b, a, c]");
    assertRefused(model, List.of("a", "b"), "a column for each of [a, b]");
    var graph = new OnnxGraph();
    graph.input("x", DataType.DOUBLE);
    graph.node(OnnxExport.PROBABILITIES, "Cast", List.of("x"), OnnxGraph.integer("to", 1));
    graph.output(OnnxExport.PROBABILITIES, 1);
    assertRefused(graph.bytes("x", "1", "x"), CLASSES, "has the input 'x'");
  }

  private static void assertRefused(byte[] model, List<String> classes, String message) {
    assertThatThrownBy(() -> new OnnxClassifier(model, classes))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }

  @Test
  void scoringSaysWhatIsMissing() throws Exception {
    var sets = new Sets(temporary).file("in/train/t.csv", Sets.rows(0, Sets.ROWS));
    assertThatThrownBy(
            () -> new ScoreClassifier(new StepEnvironment(sets.environment), temporary).run())
        .hasMessage("in/model/model.onnx: is missing; it is the model to apply");
    sets.train();

    assertThatThrownBy(() -> sets.score("id,shape,class\n1,round,no\n"))
        .hasMessageContaining("in/set/set.csv:1: the column 'size' is missing");
    assertThatThrownBy(() -> sets.score("id,shape,size,class\n1,round,3,perhaps\n"))
        .hasMessageContaining("in/set/set.csv:2: the column 'class' holds 'perhaps'");
    assertThat(sets.score("class,size,shape,id\n,,never,\"a,\"\"b\"\n").get(1))
        .startsWith("\"a,\"\"b\",,0.");
  }
}
