package org.balsam.platform.compute.classifier;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.tribuo.Tribuo;

/**
 * Writes model and encoding as one ONNX graph that takes the columns as they are in the files: each
 * category as a text, each number as a float that is NaN where missing; and gives {@code
 * probabilities}, one column for each class.
 */
final class OnnxExport {

  /** The name of the output. */
  static final String PROBABILITIES = "probabilities";

  /** The remark that names the classes in order, by commas. */
  static final String CLASSES = "classes";

  private final OnnxGraph graph = new OnnxGraph();
  private final LinearModel model;
  private final Encoding encoding;
  private final List<String> scores = new ArrayList<>();
  private int term;

  private OnnxExport(LinearModel model, Encoding encoding) {
    this.model = model;
    this.encoding = encoding;
  }

  static byte[] of(LinearModel model, Encoding encoding, List<String> classes) {
    return new OnnxExport(model, encoding).write(classes);
  }

  private byte[] write(List<String> classes) {
    scores.add(graph.floats(floats(model.intercepts()), classes.size()));
    encoding.categories().forEach(this::category);
    encoding.scales().forEach(this::number);
    var sum = graph.node("Sum", scores);
    graph.node(PROBABILITIES, "Softmax", List.of(sum), OnnxGraph.integer("axis", -1));
    graph.output(PROBABILITIES, classes.size());
    graph.metadata(CLASSES, String.join(",", classes));
    return graph.bytes("tribuo", Tribuo.VERSION, "classifier");
  }

  /** One-hot coding times weights is the row of weights of the category. */
  private void category(String column, List<String> kept) {
    graph.input(column, DataType.STRING);
    var known = kept.isEmpty() ? List.of("") : kept;
    var index =
        graph.node(
            "LabelEncoder",
            List.of(column),
            OnnxGraph.strings("keys_strings", known),
            OnnxGraph.integers("values_int64s", LongStream.range(0, known.size()).boxed().toList()),
            OnnxGraph.integer("default_int64", kept.size()));
    var rows = graph.node("Gather", List.of(weights(kept.size() + 1), index));
    scores.add(graph.node("Squeeze", List.of(rows, graph.integers(1))));
  }

  private void number(String column, Encoding.Scale scale) {
    graph.input(column, DataType.FLOAT);
    var missing = graph.node("IsNaN", List.of(column));
    var mean = graph.floats(new float[] {scale.mean()}, 1);
    var filled = graph.node("Where", List.of(missing, mean, column));
    var centred = graph.node("Sub", List.of(filled, mean));
    var deviation = graph.floats(new float[] {scale.deviation()}, 1);
    var score = graph.node("Div", List.of(centred, deviation));
    var indicator =
        graph.node("Cast", List.of(missing), OnnxGraph.integer("to", DataType.FLOAT_VALUE));
    var both = graph.node("Concat", List.of(score, indicator), OnnxGraph.integer("axis", 1));
    scores.add(graph.node("MatMul", List.of(both, weights(2))));
  }

  /** The weights of the next terms, one row for each. */
  private String weights(int terms) {
    var classes = model.intercepts().length;
    var rows = new float[terms * classes];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) model.weights()[i % classes][term + i / classes];
    }
    term += terms;
    return graph.floats(rows, terms, classes);
  }

  private static float[] floats(double[] values) {
    var floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
