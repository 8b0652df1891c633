package io.convoy.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Writes an ONNX file node by node, with random weights, in one of the ways that tools have. */
public final class OnnxFiles {
  private static final String IMAGE = "input";

  private final Way way;
  private final Random random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private int constants;

  /** Where numbers are in a tensor. */
  public enum Numbers {
    RAW,
    LISTED
  }

  /** Where a tensor is in a file. */
  public enum Weights {
    INITIALIZERS,
    INITIALIZERS_AMONG_INPUTS,
    CONSTANT_NODES,
    IDENTITIES
  }

  /** What becomes of batch normalisations. */
  public enum Normalizations {
    KEPT,
    FOLDED
  }

  /**
   * A tool's way.
   *
   * @param operators the operator set
   */
  public record Way(int operators, Numbers numbers, Weights weights, Normalizations norms) {
    /** PyTorch's in evaluation mode. */
    public static final Way TORCH =
        new Way(17, Numbers.RAW, Weights.INITIALIZERS, Normalizations.FOLDED);
  }

  /**
   * @param height of the images; 0 where it may be any
   */
  public OnnxFiles(Way way, long seed, int height, int width) {
    this.way = way;
    this.random = new Random(seed);
    graph.addInput(image(IMAGE, TensorProto.DataType.FLOAT, 0, 3, height, width));
  }

  /** Describes an input; sizes of 0 may be any. */
  public static ValueInfoProto image(String name, TensorProto.DataType type, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(
          size == 0
              ? Dimension.newBuilder().setDimParam("any" + shape.getDimCount())
              : Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /** The name of the image. */
  public String image() {
    return IMAGE;
  }

  /** The operator set. */
  public int operators() {
    return way.operators();
  }

  /** Adds a node; its output has its name and {@code _out}. */
  public String node(
      String name, String operator, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(name + "_out")
            .addAllAttribute(Arrays.asList(attributes)));
    return name + "_out";
  }

  /** Adds a node as it is. */
  public OnnxFiles node(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  /** An attribute of whole numbers. */
  public static AttributeProto ints(String key, long... numbers) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(key).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(numbers).forEach(attribute::addInts);
    return attribute.build();
  }

  /** An attribute that is a whole number. */
  public static AttributeProto integer(String key, long number) {
    return AttributeProto.newBuilder()
        .setName(key)
        .setType(AttributeProto.AttributeType.INT)
        .setI(number)
        .build();
  }

  /** An attribute that is a number. */
  public static AttributeProto number(String key, float number) {
    return AttributeProto.newBuilder()
        .setName(key)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(number)
        .build();
  }

  /** An attribute that is a word. */
  public static AttributeProto word(String key, String word) {
    return AttributeProto.newBuilder()
        .setName(key)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(word))
        .build();
  }

  /** Adds constant whole numbers. */
  public String longs(long... numbers) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64).addDims(numbers.length);
    Arrays.stream(numbers).forEach(tensor::addInt64Data);
    return constant(tensor);
  }

  /** Adds constant numbers. */
  public String floats(float[] numbers, long... sizes) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT);
    Arrays.stream(sizes).forEach(tensor::addDims);
    if (way.numbers() == Numbers.RAW) {
      ByteBuffer raw =
          ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().put(numbers);
      tensor.setRawData(ByteString.copyFrom(raw));
    } else {
      for (float number : numbers) {
        tensor.addFloatData(number);
      }
    }
    return constant(tensor);
  }

  private String constant(TensorProto.Builder tensor) {
    String name = "constant" + constants++;
    TensorProto named = tensor.setName(name).build();
    switch (way.weights()) {
      case INITIALIZERS -> graph.addInitializer(named);
      case INITIALIZERS_AMONG_INPUTS -> {
        graph.addInitializer(named);
        graph.addInput(
            image(
                name,
                named.getDataType(),
                named.getDimsList().stream().mapToLong(Long::longValue).toArray()));
      }
      case CONSTANT_NODES ->
          graph.addNode(
              NodeProto.newBuilder()
                  .setName("Constant_" + name)
                  .setOpType("Constant")
                  .addOutput(name)
                  .addAttribute(
                      AttributeProto.newBuilder()
                          .setName("value")
                          .setType(AttributeProto.AttributeType.TENSOR)
                          .setT(named)));
      case IDENTITIES -> {
        graph.addInitializer(tensor.setName(name + "_shared"));
        graph.addNode(
            NodeProto.newBuilder()
                .setName("Identity_" + name)
                .setOpType("Identity")
                .addInput(name + "_shared")
                .addOutput(name));
      }
      default -> throw new AssertionError(way.weights());
    }
    return name;
  }

  /** Normally distributed numbers around 0. */
  public float[] random(int count, double deviation) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * deviation);
    }
    return numbers;
  }

  private float[] positive(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 0.5f + random.nextFloat();
    }
    return numbers;
  }

  /**
   * Adds a convolution without a bias, of padding on all sides.
   *
   * @param inputs channels of a group
   */
  public String plainConvolution(
      String name,
      String input,
      int inputs,
      int outputs,
      int kernel,
      int groups,
      AttributeProto... more) {
    return convolution(name, input, inputs, outputs, kernel, groups, new float[0], more);
  }

  /** The same with a bias. */
  public String biasedConvolution(
      String name,
      String input,
      int inputs,
      int outputs,
      int kernel,
      int groups,
      AttributeProto... more) {
    return convolution(name, input, inputs, outputs, kernel, groups, random(outputs, 0.3), more);
  }

  private String convolution(
      String name,
      String input,
      int inputs,
      int outputs,
      int kernel,
      int groups,
      float[] bias,
      AttributeProto... more) {
    int each = inputs * kernel * kernel;
    String weights =
        floats(random(outputs * each, Math.sqrt(2.0 / each)), outputs, inputs, kernel, kernel);
    AttributeProto[] attributes = Arrays.copyOf(more, more.length + 2);
    attributes[more.length] = integer("group", groups);
    attributes[more.length + 1] = ints("kernel_shape", kernel, kernel);
    List<String> all =
        bias.length == 0
            ? List.of(input, weights)
            : List.of(input, weights, floats(bias, bias.length));
    return node(name, "Conv", all, attributes);
  }

  /** Adds a convolution and a batch normalisation, or what that is folded into. */
  public String normalizedConvolution(
      String name,
      String input,
      int inputs,
      int outputs,
      int kernel,
      int groups,
      AttributeProto... more) {
    if (way.norms() == Normalizations.FOLDED) {
      return biasedConvolution(name, input, inputs, outputs, kernel, groups, more);
    }
    return normalization(
        name + "_bn",
        plainConvolution(name, input, inputs, outputs, kernel, groups, more),
        outputs,
        1e-3f);
  }

  /** Adds a batch normalisation. */
  public String normalization(String name, String input, int channels, float epsilon) {
    return node(
        name,
        "BatchNormalization",
        List.of(
            input,
            floats(positive(channels), channels),
            floats(random(channels, 0.3), channels),
            floats(random(channels, 0.3), channels),
            floats(positive(channels), channels)),
        number("epsilon", epsilon),
        number("momentum", 0.8f));
  }

  /** Adds a ReLU. */
  public String relu(String name, String input) {
    return node(name, "Relu", List.of(input));
  }

  /** Adds a ReLU6, whose limits are attributes in operator sets up to 10. */
  public String relu6(String name, String input) {
    return way.operators() < 11
        ? node(name, "Clip", List.of(input), number("min", 0), number("max", 6))
        : node(name, "Clip", List.of(input, floats(new float[] {0}), floats(new float[] {6})));
  }

  /** Adds the layer that gives the classes. */
  public String classes(String name, String input, int inputs, int classes) {
    return node(
        name,
        "Gemm",
        List.of(
            input,
            floats(random(classes * inputs, 1 / Math.sqrt(inputs)), classes, inputs),
            floats(random(classes, 0.3), classes)),
        integer("transB", 1));
  }

  /** The file, with values as outputs. */
  public ModelProto model(String... outputs) {
    GraphProto.Builder whole = graph.build().toBuilder();
    for (String output : outputs) {
      whole.addOutput(
          ValueInfoProto.newBuilder()
              .setName(output)
              .setType(
                  TypeProto.newBuilder()
                      .setTensorType(
                          TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT))));
    }
    return ModelProto.newBuilder()
        .setIrVersion(way.operators() < 9 ? 3 : 8)
        .setProducerName("a test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(way.operators()))
        .setGraph(whole)
        .build();
  }
}
