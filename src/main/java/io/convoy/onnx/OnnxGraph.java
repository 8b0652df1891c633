package io.convoy.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** A graph of ONNX in the making: each node has one output, which bears the node's name. */
final class OnnxGraph {
  /** The dimension that is as long as the caller likes. */
  private static final String IMAGES = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, Integer> names = new HashMap<>();

  /** Declares the input, [N, dimensions]. */
  String input(String name, TensorProto.DataType type, long... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return name;
  }

  /** Makes a value an output of the graph, float32 [N, dimensions], by a name of its own. */
  void output(String name, String value, long... dimensions) {
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, dimensions));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(IMAGES));
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /**
   * Adds a node.
   *
   * @param place what it is a part of, the first part of its name
   * @param operator of ONNX
   * @param inputs names of values
   * @return the name of its output
   */
  String node(String place, String operator, List<String> inputs, AttributeProto... attributes) {
    String name = unique(place + "/" + operator);
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(Arrays.asList(attributes)));
    return name;
  }

  /** Adds constant numbers, float32, in row-major order. */
  String constant(String name, INDArray array, long... dimensions) {
    float[] all = array.dup('c').data().asFloat();
    ByteBuffer bytes = ByteBuffer.allocate(all.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(all);
    return constant(name, TensorProto.DataType.FLOAT, bytes, dimensions);
  }

  /** Adds constant float32 numbers, a vector. */
  String constant(String name, float... all) {
    ByteBuffer bytes = ByteBuffer.allocate(all.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(all);
    return constant(name, TensorProto.DataType.FLOAT, bytes, all.length);
  }

  /** Adds constant whole numbers, a vector. */
  String constant(String name, long... all) {
    ByteBuffer bytes = ByteBuffer.allocate(all.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(all);
    return constant(name, TensorProto.DataType.INT64, bytes, all.length);
  }

  private String constant(
      String name, TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    String constant = unique(name);
    tensor.setName(constant).setDataType(type).setRawData(ByteString.copyFrom(bytes));
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return constant;
  }

  private String unique(String name) {
    int times = names.merge(name, 1, Integer::sum);
    return times == 1 ? name : name + "-" + times;
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto number(String name, double value) {
    return attribute(name, AttributeType.FLOAT).setF((float) value).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  GraphProto build(String name) {
    return graph.setName(name).build();
  }
}
