package io.convoy.onnx;

import io.convoy.network.Shape;
import io.convoy.onnx.DenseWeights.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Turns the nodes of an ONNX graph into DL4J's layers, by ONNX's description of its operators. */
final class ForeignOperators {
  private static final float SIX = 6;

  /** ONNX's lowest and highest float32 stand for no limit. */
  private static final float UNLIMITED = 3e38f;

  /** For all outputs. */
  private static final float[] NO_BIAS = {0};

  private static final Set<Integer> FLOATS =
      Set.of(
          TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.DOUBLE_VALUE);

  private static final String CHANNELS_LAST =
      "as TensorFlow's exporters do for images with their channels last (NHWC), and convoy reads"
          + " networks that have them first: export it so, as by tf2onnx --inputs-as-nchw.";

  private final ForeignGraph graph;
  private final ForeignPatterns patterns;
  private final ForeignLayers layers;
  private final Map<String, ForeignPart> values = new HashMap<>();

  /** Nodes whose work is done by the one before them. */
  private final Set<String> done = new HashSet<>();

  /**
   * @param nodes that are to be read
   * @param image the name of the graph's input
   */
  ForeignOperators(
      ForeignGraph graph,
      List<ForeignNode> nodes,
      ForeignLayers layers,
      String image,
      ForeignPart part) {
    this.graph = graph;
    this.patterns = new ForeignPatterns(graph, nodes);
    this.layers = layers;
    values.put(image, part);
  }

  /** What a node gives, once it has been read. */
  ForeignPart value(ForeignNode node) {
    return values.get(node.outputs().get(0));
  }

  /** The values that a node works on, but for constants and what says how it works. */
  static List<String> data(ForeignGraph graph, ForeignNode node) {
    List<String> data =
        node.inputs().stream().filter(input -> graph.constant(input).isEmpty()).toList();
    return switch (node.operator()) {
      case "Add", "Sum", "Mul", "Concat" -> data;
      default -> data.subList(0, Math.min(1, data.size()));
    };
  }

  /**
   * Reads a node; those before it have been read.
   *
   * @throws io.convoy.failure.UserException if it is one that cannot be read
   */
  void read(ForeignNode node) {
    if (!node.isStandard()) {
      throw node.refuse(
          "is of the domain %s, and convoy reads ONNX's own operators; export the network without"
              + " such, or keep fewer of its nodes with base.keep.",
          node.proto().getDomain());
    }
    List<String> data = data(graph, node);
    if (data.isEmpty()) {
      throw node.refuse(
          "computes with constants alone; simplify the file (as by onnxsim), or keep fewer of its"
              + " nodes with base.keep.");
    }
    List<ForeignPart> inputs = data.stream().map(name -> values.get(name)).toList();
    values.put(node.outputs().get(0), part(node, inputs, inputs.get(0)));
  }

  private ForeignPart part(ForeignNode node, List<ForeignPart> inputs, ForeignPart input) {
    return switch (node.operator()) {
      case "Conv" -> convolution(node, input);
      case "BatchNormalization" -> normalization(node, input);
      case "Relu" ->
          layers.activation(node, input, new ActivationReLU(), ForeignPart.Sign.NOT_NEGATIVE);
      case "Clip" -> clip(node, input);
      case "LeakyRelu" ->
          layers.activation(
              node, input, new ActivationLReLU(number(node, "alpha", 0.01f)), ForeignPart.Sign.ANY);
      case "Elu" ->
          layers.activation(
              node, input, new ActivationELU(number(node, "alpha", 1)), ForeignPart.Sign.ANY);
      case "Sigmoid" -> sigmoid(node, input);
      case "Tanh" -> layers.activation(node, input, new ActivationTanH(), ForeignPart.Sign.ANY);
      case "MaxPool" -> pooling(node, input, PoolingType.MAX);
      case "AveragePool" -> pooling(node, input, PoolingType.AVG);
      case "GlobalAveragePool" -> globalPooling(node, input, PoolingType.AVG);
      case "GlobalMaxPool" -> globalPooling(node, input, PoolingType.MAX);
      case "ReduceMean" -> mean(node, input);
      case "Add", "Sum" -> sum(node, inputs);
      case "Mul" -> multiplication(node, inputs);
      case "Concat" -> concatenation(node, inputs);
      case "Pad" -> padding(node, input);
      case "Flatten" -> flattening(node, input);
      case "Reshape" -> reshaping(node, input);
      case "Squeeze", "Unsqueeze" -> squeezing(node, input);
      case "Gemm" -> dense(node, input);
      case "MatMul" -> product(node, input);
      case "Identity", "Dropout" -> layers.identity(node, input);
      case "Cast" -> cast(node, input);
      case "Transpose" -> throw node.refuse("reorders an image's numbers, %s", CHANNELS_LAST);
      case "QuantizeLinear", "DequantizeLinear", "QLinearConv", "ConvInteger" ->
          throw node.refuse("is of a quantized network; use the file with its weights as float32.");
      default ->
          throw node.refuse(
              "is of a kind that convoy does not read; keep what comes before it with base.keep, or"
                  + " use another network.");
    };
  }

  /** A double that is written as the float is. */
  private static double number(ForeignNode node, String key, float usual) {
    return Double.parseDouble(Float.toString(node.number(key, usual)));
  }

  private ForeignPart convolution(ForeignNode node, ForeignPart input) {
    ForeignArgument weights = argument(node, 1, "weights");
    long[] sizes = weights.sizes();
    Shape shape = input.shape();
    long groups = node.integer("group", 1);
    if (sizes.length != 4 || sizes[1] * groups != shape.channels() || sizes[0] % groups != 0) {
      throw node.refuse(
          "has weights %s in %d groups, and %s arrives there; the file is damaged, or no network for"
              + " images.",
          Arrays.toString(sizes), groups, shape);
    }
    int outputs = (int) sizes[0];
    float[] numbers = weights.floats();
    Optional<float[]> bias = node.input(2).map(name -> argument(node, 2, "bias").floats(outputs));
    long[] kernel = {sizes[2], sizes[3]};
    if (input.isVector()) {
      if (sizes[2] * sizes[3] != 1 || groups != 1) {
        throw node.refuse(
            "is a convolution of %d x %d behind a global pooling; keep what comes before it with"
                + " base.keep.",
            sizes[2], sizes[3]);
      }
      return layers.dense(node, input, new DenseWeights(numbers, bias.orElse(new float[outputs])));
    }
    ForeignWindow window = ForeignWindow.of(node, kernel, shape);
    if (groups == 1) {
      return layers.convolution(node, input, window, numbers, bias, outputs);
    }
    return groups == shape.channels()
        ? layers.depthwise(node, input, window, numbers, bias, outputs)
        : layers.grouped(node, input, window, numbers, bias, outputs, (int) groups);
  }

  private ForeignPart normalization(ForeignNode node, ForeignPart input) {
    if (node.integer("training_mode", 0) != 0 || node.integer("spatial", 1) != 1) {
      throw node.refuse(
          "normalises by each minibatch's own statistics, or each pixel by its own; export the network"
              + " for prediction, as by torch.onnx.export after model.eval().");
    }
    List<float[]> statistics = new ArrayList<>();
    for (String name : List.of("scale", "shift", "mean", "variance")) {
      ForeignArgument each = argument(node, statistics.size() + 1, name);
      statistics.add(each.floats(input.shape().channels()));
    }
    double momentum = Math.min(Math.max(number(node, "momentum", 0.9f), 0), 1);
    return layers.normalization(node, input, statistics, number(node, "epsilon", 1e-5f), momentum);
  }

  /** The limits are attributes up to operator set 10, and inputs from 11 on. */
  private ForeignPart clip(ForeignNode node, ForeignPart input) {
    float least = limit(node, 1, "min", -Float.MAX_VALUE);
    float most = limit(node, 2, "max", Float.MAX_VALUE);
    if (least == 0 && most == SIX) {
      return layers.activation(node, input, new ActivationReLU6(), ForeignPart.Sign.NOT_NEGATIVE);
    }
    if (least == 0 && most > UNLIMITED) {
      return layers.activation(node, input, new ActivationReLU(), ForeignPart.Sign.NOT_NEGATIVE);
    }
    if (least < -UNLIMITED && most > UNLIMITED) {
      return layers.identity(node, input);
    }
    throw node.refuse(
        "limits numbers to %s to %s, and convoy reads those limited to 0 to 6 (ReLU6) or to 0 alone;"
            + " keep what comes before it with base.keep.",
        least, most);
  }

  private float limit(ForeignNode node, int which, String key, float usual) {
    return node.input(which)
        .map(name -> argument(node, which, key).floats(1)[0])
        .orElseGet(() -> node.number(key, usual));
  }

  private ForeignPart pooling(ForeignNode node, ForeignPart input, PoolingType type) {
    requireMaps(node, input);
    if (node.outputs().size() > 1) {
      throw node.refuse(
          "gives the places of the largest values too; keep what comes before it with base.keep.");
    }
    long[] kernel =
        node.integers("kernel_shape")
            .orElseThrow(() -> node.refuse("has no kernel_shape; the file is damaged."));
    ForeignWindow window = ForeignWindow.of(node, kernel, input.shape());
    if (Arrays.stream(window.dilation()).anyMatch(dilation -> dilation != 1)) {
      throw node.refuse("has a dilation; keep what comes before it with base.keep.");
    }
    boolean counts = node.integer("count_include_pad", 0) != 0;
    ForeignLayers.Divisor divisor =
        counts ? ForeignLayers.Divisor.IMAGE_AND_PADDING : ForeignLayers.Divisor.IMAGE;
    boolean rounds = node.integer("ceil_mode", 0) != 0;
    if (window.isSymmetric() && !(rounds && counts && type == PoolingType.AVG)) {
      return layers.pooling(node, input, window, type, divisor);
    }
    if (window.isSame(input.shape()) && !(counts && type == PoolingType.AVG)) {
      return layers.poolingToSame(node, input, window, type);
    }
    boolean zerosDoNoHarm =
        type == PoolingType.MAX ? input.sign() == ForeignPart.Sign.NOT_NEGATIVE : counts && !rounds;
    if (zerosDoNoHarm) {
      return layers.poolingOfPadded(node, input, window, type);
    }
    throw node.refuse(
        "pads unevenly (%s before, %s behind) what may be below 0; give other images.height and"
            + " images.width, or keep what comes before it with base.keep.",
        Arrays.toString(window.before()), Arrays.toString(window.after()));
  }

  private void requireMaps(ForeignNode node, ForeignPart input) {
    if (input.isVector()) {
      throw node.refuse(
          "wants feature maps, and %d numbers an image arrive there; keep what comes before it with"
              + " base.keep.",
          input.shape().size());
    }
  }

  private ForeignPart globalPooling(ForeignNode node, ForeignPart input, PoolingType type) {
    if (input.isVector()) {
      return layers.identity(node, input);
    }
    return patterns.isSqueeze(node)
        ? layers.squeezed(node, input, type)
        : layers.globalPooling(node, input, type);
  }

  /** The axes are an attribute up to operator set 17, and an input from 18 on. */
  private ForeignPart mean(ForeignNode node, ForeignPart input) {
    long[] axes = axes(node).orElse(new long[0]);
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axes[i] < 0 ? axes[i] + 4 : axes[i];
    }
    Arrays.sort(axes);
    if (Arrays.equals(axes, new long[] {1, 2})) {
      throw node.refuse("takes the mean over axes 1 and 2, %s", CHANNELS_LAST);
    }
    if (!Arrays.equals(axes, new long[] {2, 3}) || input.isVector()) {
      throw node.refuse(
          "takes the mean over axes %s, and convoy reads one over height and width, 2 and 3; keep what"
              + " comes before it with base.keep.",
          Arrays.toString(axes));
    }
    return globalPooling(node, input, PoolingType.AVG);
  }

  private Optional<long[]> axes(ForeignNode node) {
    return node.input(1)
        .map(name -> argument(node, 1, "axes").integers())
        .or(() -> node.integers("axes"));
  }

  private ForeignPart sum(ForeignNode node, List<ForeignPart> inputs) {
    if (done.contains(node.name())) {
      return layers.identity(node, inputs.get(0));
    }
    if (inputs.size() < node.inputs().size()) {
      throw node.refuse(
          "adds constants to numbers that no layer gives; if that is a part of the preprocessing, give"
              + " base.mean and base.deviation, and export the network without it.");
    }
    requireAlike(node, inputs);
    return inputs.size() == 1 ? layers.identity(node, inputs.get(0)) : layers.sum(node, inputs);
  }

  private ForeignPart sigmoid(ForeignNode node, ForeignPart input) {
    return patterns.swish(node).isPresent()
        ? input
        : layers.activation(node, input, new ActivationSigmoid(), ForeignPart.Sign.NOT_NEGATIVE);
  }

  private ForeignPart multiplication(ForeignNode node, List<ForeignPart> inputs) {
    if (patterns.isSwish(node)) {
      return layers.activation(node, inputs.get(0), new ActivationSwish(), ForeignPart.Sign.ANY);
    }
    if (inputs.size() < node.inputs().size()) {
      throw node.refuse(
          "multiplies by constants; if that is a part of the preprocessing, give base.mean and"
              + " base.deviation, and export the network without it, or keep what comes before it with"
              + " base.keep.");
    }
    int factors = inputs.get(1).isPoint() ? 1 : 0;
    ForeignPart maps = inputs.get(1 - factors);
    if (!inputs.get(factors).isPoint() || maps.isVector()) {
      throw node.refuse(
          "multiplies %s by %s, and convoy reads products of maps and a factor for each channel, and of"
              + " numbers and their sigmoid (swish); keep what comes before it with base.keep.",
          inputs.get(0).shape(), inputs.get(1).shape());
    }
    return layers.product(node, maps, inputs.get(factors));
  }

  private static void requireAlike(ForeignNode node, List<ForeignPart> inputs) {
    ForeignPart first = inputs.get(0);
    for (ForeignPart other : inputs) {
      if (!other.shape().equals(first.shape()) || other.form() != first.form()) {
        throw node.refuse(
            "takes %s and %s, which are not of one shape, for such images; give images.height and"
                + " images.width that the network is made for, or keep what comes before it with"
                + " base.keep.",
            first.shape(), other.shape());
      }
    }
  }

  private ForeignPart concatenation(ForeignNode node, List<ForeignPart> inputs) {
    ForeignPart first = inputs.get(0);
    long axis = node.integer("axis", 1);
    boolean channels = axis == 1 || (axis == -3 && !first.isVector());
    boolean alike =
        inputs.stream()
            .allMatch(
                other ->
                    other.form() == first.form()
                        && other.shape().height() == first.shape().height()
                        && other.shape().width() == first.shape().width());
    if (!channels || !alike || inputs.size() < node.inputs().size()) {
      throw node.refuse(
          "puts together what is no feature maps of one height and width; keep what comes before it"
              + " with base.keep.");
    }
    return inputs.size() == 1 ? layers.identity(node, first) : layers.concatenation(node, inputs);
  }

  /** The padding is an attribute up to operator set 10, and an input from 11 on. */
  private ForeignPart padding(ForeignNode node, ForeignPart input) {
    long[] pads =
        node.input(1)
            .map(name -> argument(node, 1, "pads").integers())
            .or(() -> node.integers("pads"))
            .orElse(new long[0]);
    float value =
        node.input(2)
            .map(name -> argument(node, 2, "value").floats(1)[0])
            .orElseGet(() -> node.number("value", 0));
    if (Arrays.stream(pads).allMatch(pad -> pad == 0)) {
      return layers.identity(node, input);
    }
    boolean ofMaps =
        !input.isVector()
            && pads.length == 8
            && node.input(3).isEmpty()
            && pads[0] + pads[1] + pads[4] + pads[5] == 0
            && Arrays.stream(pads).allMatch(pad -> pad >= 0 && pad < 10_000);
    if (!ofMaps || value != 0 || !node.word("mode", "constant").equals("constant")) {
      throw node.refuse(
          "pads otherwise than with zeros around height and width; keep what comes before it with"
              + " base.keep.");
    }
    return layers.padded(
        node, input, new int[] {(int) pads[2], (int) pads[6], (int) pads[3], (int) pads[7]});
  }

  private ForeignPart flattening(ForeignNode node, ForeignPart input) {
    long axis = node.integer("axis", 1);
    if (axis != 1 && !(axis == -3 && !input.isVector())) {
      throw node.refuse(
          "flattens from axis %d on, and convoy reads axis 1; keep what comes before it with"
              + " base.keep.",
          axis);
    }
    return flattened(node, input);
  }

  private ForeignPart flattened(ForeignNode node, ForeignPart input) {
    return input.isVector() ? layers.identity(node, input) : layers.flattened(node, input);
  }

  private ForeignPart reshaping(ForeignNode node, ForeignPart input) {
    String shape =
        node.input(1).orElseThrow(() -> node.refuse("has no shape; the file is damaged."));
    long[] sizes =
        graph.constant(shape).isPresent()
            ? argument(node, 1, "shape").integers()
            : computed(shape).orElse(new long[0]);
    if (sizes.length > 1 && isRow(sizes, input)) {
      return flattened(node, input);
    }
    Shape maps = input.shape();
    boolean same =
        sizes.length == 4
            && isSize(sizes[1], maps.channels())
            && isSize(sizes[2], maps.height())
            && isSize(sizes[3], maps.width());
    if (same) {
      return layers.identity(node, input);
    }
    throw node.refuse(
        "makes another shape of %s than one row an image; keep what comes before it with base.keep.",
        maps);
  }

  /** A shape that PyTorch computes from the image's: of as many sizes as are put together. */
  private Optional<long[]> computed(String shape) {
    return graph
        .producer(shape)
        .map(place -> graph.nodes().get(place))
        .filter(node -> node.operator().equals("Concat") && node.inputs().size() == 2)
        .map(node -> new long[] {-1, -1});
  }

  /** Whether all but the images becomes one size, the others being 1. */
  private static boolean isRow(long[] sizes, ForeignPart input) {
    long[] rest = Arrays.stream(sizes).skip(1).filter(size -> size != 1).toArray();
    boolean copied = rest.length == 1 && rest[0] == 0;
    return rest.length == 1
        && (rest[0] == -1 || rest[0] == input.shape().size() || copied && input.isVector());
  }

  private static boolean isSize(long size, int there) {
    return size == there || size == 0;
  }

  private ForeignPart squeezing(ForeignNode node, ForeignPart input) {
    long[] axes = axes(node).orElse(new long[] {2, 3});
    boolean ofOnes = Arrays.stream(axes).allMatch(axis -> axis >= 2 || axis == -1 || axis == -2);
    if (!input.isVector() || !ofOnes) {
      throw node.refuse(
          "changes the axes of what is no row of numbers an image; keep what comes before it with"
              + " base.keep.");
    }
    return layers.identity(node, input);
  }

  private ForeignPart dense(ForeignNode node, ForeignPart input) {
    if (node.integer("transA", 0) != 0) {
      throw node.refuse("turns its input over; keep what comes before it with base.keep.");
    }
    Layout layout = node.integer("transB", 0) == 0 ? Layout.INPUTS_FIRST : Layout.OUTPUTS_FIRST;
    float[] bias =
        node.input(2)
            .map(name -> argument(node, 2, "bias").floats())
            .map(numbers -> DenseWeights.scaled(numbers, node.number("beta", 1)))
            .orElse(NO_BIAS);
    return dense(node, input, layout, node.number("alpha", 1), bias);
  }

  /** With the bias that is added next, where nothing else reads it. */
  private ForeignPart product(ForeignNode node, ForeignPart input) {
    Optional<ForeignNode> sum = patterns.bias(node);
    Optional<ForeignConstant> bias =
        sum.stream()
            .flatMap(next -> next.inputs().stream())
            .flatMap(name -> graph.constant(name).stream())
            .findFirst();
    if (bias.isEmpty()) {
      return dense(node, input, Layout.INPUTS_FIRST, 1, NO_BIAS);
    }
    done.add(sum.orElseThrow().name());
    float[] added = new ForeignArgument(sum.get(), bias.get()).floats();
    return dense(node, input, Layout.INPUTS_FIRST, 1, added);
  }

  private ForeignPart dense(
      ForeignNode node, ForeignPart input, Layout layout, float factor, float[] bias) {
    DenseWeights weights =
        DenseWeights.of(node, input, argument(node, 1, "weights"), layout, factor, bias);
    return layers.dense(node, input, weights);
  }

  private ForeignPart cast(ForeignNode node, ForeignPart input) {
    if (!FLOATS.contains((int) node.integer("to", TensorProto.DataType.FLOAT_VALUE))) {
      throw node.refuse(
          "makes other numbers than floating-point ones; keep what comes before it with base.keep.");
    }
    return layers.identity(node, input);
  }

  private ForeignArgument argument(ForeignNode node, int which, String what) {
    return ForeignArgument.of(graph, node, which, what);
  }
}
