package org.balsam.platform.compute.classifier;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Collects the parts of an ONNX model. The bytes depend on nothing but what is added, in its order:
 * no time, machine or random name is in them.
 */
final class OnnxGraph {

  /** The operators of ONNX 1.12 and ONNX-ML 3, which every runtime since 2022 knows. */
  private static final int OPSET = 17;

  private static final int ML_OPSET = 3;
  private static final int IR_VERSION = 8;
  private static final String ML = "ai.onnx.ml";

  /** What the names of all inner values begin with; no input can. */
  static final String OWN = "##";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final ModelProto.Builder model = ModelProto.newBuilder();
  private int values;

  private String next() {
    return OWN + ++values;
  }

  /** Declares an input of one column, any number of rows. */
  void input(String column, TensorProto.DataType type) {
    graph.addInput(value(column, type, 1));
  }

  /** Declares the output of {@code columns} columns. */
  void output(String name, int columns) {
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, columns));
  }

  /** Adds a constant. */
  String floats(float[] data, long... shape) {
    var tensor = tensor(TensorProto.DataType.FLOAT, shape);
    for (var number : data) {
      tensor.addFloatData(number);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds a constant vector. */
  String integers(long... data) {
    var tensor = tensor(TensorProto.DataType.INT64, data.length);
    for (var number : data) {
      tensor.addInt64Data(number);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds an operator and names its result. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    var result = next();
    node(result, operator, inputs, attributes);
    return result;
  }

  /** Adds an operator whose result has a given name. */
  void node(String result, String operator, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setDomain(operator.equals("LabelEncoder") ? ML : "")
            .addAllInput(inputs)
            .addOutput(result)
            .addAllAttribute(List.of(attributes)));
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, List<Long> values) {
    return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(values).build();
  }

  static AttributeProto strings(String name, List<String> values) {
    var attribute = attribute(name, AttributeProto.AttributeType.STRINGS);
    values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  /** Adds a remark for readers of the file. */
  void metadata(String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
  }

  byte[] bytes(String producer, String producerVersion, String name) {
    return model
        .setIrVersion(IR_VERSION)
        .setProducerName(producer)
        .setProducerVersion(producerVersion)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET))
        .setGraph(graph.setName(name))
        .build()
        .toByteArray();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private TensorProto.Builder tensor(TensorProto.DataType type, long... shape) {
    var tensor = TensorProto.newBuilder().setName(next()).setDataType(type.getNumber());
    for (var size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int columns) {
    var shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
