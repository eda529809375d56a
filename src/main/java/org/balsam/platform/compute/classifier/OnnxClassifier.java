package org.balsam.platform.compute.classifier;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * An ONNX classifier of any origin whose inputs are named like columns and have one column each: a
 * text for a category, a float for a number. Its output {@code probabilities} has a column for each
 * class.
 */
final class OnnxClassifier implements AutoCloseable {

  private static final String FILE = "in/model/model.onnx";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Map<String, FeatureKind> features = new LinkedHashMap<>();

  /**
   * Loads a model. It runs on one thread, so that sums are always made in the same order.
   *
   * @throws Invalid when it is not such a classifier for these classes
   */
  OnnxClassifier(byte[] model, List<String> classes) {
    try (var options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
      for (var input : session.getInputInfo().entrySet()) {
        features.put(input.getKey(), kind(input.getKey(), input.getValue().getInfo()));
      }
      requireOutput(classes);
    } catch (OrtException unreadable) {
      throw invalid("is not an ONNX model that can be run: " + unreadable.getMessage());
    }
  }

  private static FeatureKind kind(String column, Object info) {
    if (info instanceof TensorInfo tensor
        && tensor.getShape().length == 2
        && tensor.getShape()[1] == 1) {
      switch (tensor.type) {
        case STRING:
          return FeatureKind.CATEGORY;
        case FLOAT:
          return FeatureKind.NUMBER;
        default:
      }
    }
    throw invalid(
        "has the input '" + column + "' " + info + "; allowed are one column of strings or floats");
  }

  private void requireOutput(List<String> classes) throws OrtException {
    var output = session.getOutputInfo().get(OnnxExport.PROBABILITIES);
    if (output == null
        || !(output.getInfo() instanceof TensorInfo tensor)
        || tensor.getShape().length != 2
        || tensor.getShape()[1] != classes.size()) {
      throw invalid(
          "must have an output 'probabilities' with a column for each of "
              + classes
              + ", but has "
              + session.getOutputInfo());
    }
    var own = classes(session);
    if (own.isPresent() && !own.get().equals(String.join(",", classes))) {
      throw invalid("was made for the classes " + own.get() + ", not for " + classes);
    }
  }

  private static Optional<String> classes(OrtSession session) throws OrtException {
    return session.getMetadata().getCustomMetadataValue(OnnxExport.CLASSES);
  }

  /** The columns that the model takes. */
  Map<String, FeatureKind> features() {
    return features;
  }

  /** The probabilities of the rows from one, inclusive, to another, exclusive. */
  float[][] probabilities(DataSet set, int from, int to) {
    var tensors = new LinkedHashMap<String, OnnxTensor>();
    try {
      for (var feature : features.entrySet()) {
        tensors.put(feature.getKey(), tensor(set, feature.getKey(), from, to));
      }
      try (var result = session.run(tensors)) {
        return (float[][]) result.get(OnnxExport.PROBABILITIES).orElseThrow().getValue();
      }
    } catch (OrtException refused) {
      throw invalid("cannot be applied: " + refused.getMessage());
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(DataSet set, String column, int from, int to) throws OrtException {
    var shape = new long[] {to - from, 1};
    if (features.get(column) == FeatureKind.CATEGORY) {
      var values = set.categories().get(column).subList(from, to).toArray(String[]::new);
      return OnnxTensor.createTensor(environment, values, shape);
    }
    var values = FloatBuffer.allocate(to - from);
    for (int i = from; i < to; i++) {
      values.put((float) set.numbers().get(column)[i]);
    }
    return OnnxTensor.createTensor(environment, values.flip(), shape);
  }

  private static Invalid invalid(String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, FILE, message);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException trouble) {
      throw new IllegalStateException("ONNX Runtime did not close its session", trouble);
    }
  }
}
