package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integer;
import static io.convoy.onnx.OnnxGraph.integers;
import static io.convoy.onnx.OnnxGraph.number;

import io.convoy.failure.UserException;
import io.convoy.network.GroupedConvolution;
import io.convoy.network.LayerNormalization;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import io.convoy.network.SamePadding;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Writes a network's parts as they predict into a graph: maps are float32 [N, channels, h, w]. */
final class OnnxLayers {
  private final OnnxGraph graph;
  private final Network network;
  private final List<NetworkNode> nodes;
  private final BatchNormalizations normalizations;
  private final List<LayerNormalization> ofLayers;
  private final List<GroupedConvolution> ofGroups;
  private final List<String> values = new ArrayList<>();
  private final List<InputType> types = new ArrayList<>();

  OnnxLayers(OnnxGraph graph, Network network, BatchNormalizations normalizations) {
    this.graph = graph;
    this.network = network;
    this.nodes = network.configuration().nodes();
    this.normalizations = normalizations;
    this.ofLayers = LayerNormalization.of(nodes);
    this.ofGroups = GroupedConvolution.of(nodes);
  }

  /**
   * A network's answer.
   *
   * @param features the name of what goes into its last layer, [N, width]
   * @param width of the features
   * @param output the name of what comes out of it, [N, outputs]
   */
  record Answer(String features, long width, String output) {}

  /**
   * Writes all parts.
   *
   * @param image the name of the image's planes, 0 to 1
   * @param type of the planes
   * @throws UserException if a part has no counterpart
   */
  Answer write(String image, InputType type) {
    Answer answer = null;
    for (int place = 0; place < nodes.size(); place++) {
      NetworkNode node = nodes.get(place);
      List<String> inputs =
          node.inputs().stream().map(i -> i == NetworkNode.IMAGE ? image : values.get(i)).toList();
      List<InputType> arriving =
          node.inputs().stream().map(i -> i == NetworkNode.IMAGE ? type : types.get(i)).toList();
      String input = between(node, inputs.get(0));
      String value =
          joined(place, input, arriving.get(0))
              .or(() -> node.layer().map(layer -> layer(node, layer, input, arriving.get(0))))
              .orElseGet(() -> vertex(node, node.vertex().orElseThrow(), inputs));
      if (node.layer().orElse(null) instanceof OutputLayer output) {
        answer = new Answer(input, output.getNIn(), value);
      }
      values.add(value);
      types.add(node.output(arriving));
    }
    if (answer == null) {
      throw new UserException(
          "The network ends in no output layer, and cannot be exported; use one that convoy trained.");
    }
    return answer;
  }

  /** A part of what is one node here; the others pass on what they read. */
  private Optional<String> joined(int place, String input, InputType type) {
    for (LayerNormalization each : ofLayers) {
      if (each.last() == place || each.before().contains(place)) {
        return Optional.of(each.last() == place ? normalization(each, input) : input);
      }
    }
    for (GroupedConvolution each : ofGroups) {
      if (each.apart() == place || each.after().contains(place)) {
        return Optional.of(each.apart() == place ? grouped(each, input, type) : input);
      }
    }
    return Optional.empty();
  }

  private String grouped(GroupedConvolution convolution, String input, InputType type) {
    NetworkNode node = nodes.get(convolution.apart());
    DepthwiseConvolution2D layer = (DepthwiseConvolution2D) node.layer().orElseThrow();
    requireChannelsFirst(node, layer);
    // [height, width, channels, filters of a group], of which ONNX wants the channels of a group
    // for each filter of all groups.
    INDArray weights = numbers(node).get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
    long groups = convolution.groups();
    long channels = weights.size(2) / groups;
    long filters = weights.size(3);
    INDArray ofGroups =
        weights
            .dup('c')
            .reshape('c', weights.size(0), weights.size(1), groups, channels, filters)
            .permute(2, 4, 3, 0, 1)
            .dup('c')
            .reshape('c', groups * filters, channels, weights.size(0), weights.size(1));
    Weights all = new Weights(ofGroups, Optional.empty());
    NetworkNode last = nodes.get(convolution.last());
    return convolution(node, folded(last, all), groups, window(layer, maps(node, type)), input);
  }

  /** ONNX normalises the last dimensions. */
  private String normalization(LayerNormalization normalization, String input) {
    NetworkNode last = nodes.get(normalization.last());
    String place = place(last);
    Map<String, INDArray> numbers = numbers(last);
    INDArray scale = numbers.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
    INDArray shift = numbers.get(DepthwiseConvolutionParamInitializer.BIAS_KEY);
    String channelsLast =
        graph.node(place, "Transpose", List.of(input), integers("perm", 0, 2, 3, 1));
    String normalized =
        graph.node(
            place,
            "LayerNormalization",
            List.of(
                channelsLast,
                graph.constant(place + "/scale", scale, scale.length()),
                graph.constant(place + "/shift", shift, shift.length())),
            integer("axis", -1),
            number("epsilon", normalization.epsilon()));
    return graph.node(place, "Transpose", List.of(normalized), integers("perm", 0, 3, 1, 2));
  }

  /** DL4J flattens maps in the order of their channels, as ONNX does. */
  private String between(NetworkNode node, String input) {
    Optional<InputPreProcessor> before = node.before();
    if (before.isEmpty()) {
      return input;
    }
    if (before.get().getClass() == CnnToFeedForwardPreProcessor.class) {
      return graph.node(place(node), "Flatten", List.of(input), integer("axis", 1));
    }
    throw unknown(node, before.get().getClass());
  }

  private String vertex(NetworkNode node, GraphVertex vertex, List<String> inputs) {
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      return graph.node(place(node), "Sum", inputs);
    }
    if (vertex instanceof ElementWiseVertex product
        && product.getOp() == ElementWiseVertex.Op.Product
        && inputs.size() == 2) {
      return graph.node(place(node), "Mul", inputs);
    }
    if (vertex instanceof ReshapeVertex reshape
        && reshape.getReshapeOrder() == ReshapeVertex.DEFAULT_RESHAPE_ORDER) {
      long[] shape = Arrays.stream(reshape.getNewShape()).asLongStream().toArray();
      String place = place(node);
      return graph.node(
          place, "Reshape", List.of(inputs.get(0), graph.constant(place + "/shape", shape)));
    }
    if (vertex.getClass() == MergeVertex.class) {
      // Maps and vectors both have their channels second, as DL4J has them.
      return graph.node(place(node), "Concat", inputs, integer("axis", 1));
    }
    if (vertex instanceof SubsetVertex subset) {
      String place = place(node);
      return graph.node(
          place,
          "Slice",
          List.of(
              inputs.get(0),
              graph.constant(place + "/from", (long) subset.getFrom()),
              graph.constant(place + "/to", subset.getTo() + 1L),
              graph.constant(place + "/channels", 1L)));
    }
    throw unknown(node, vertex.getClass());
  }

  private List<NetworkNode> readers(int place) {
    return nodes.stream().filter(node -> node.inputs().contains(place)).toList();
  }

  /** A product repeats what has one place over the maps that it is multiplied with. */
  private String upsampling(NetworkNode node, Layer layer, String input, InputType type) {
    InputTypeConvolutional maps = maps(node, type);
    boolean isOfFactors =
        maps.getHeight() == 1
            && maps.getWidth() == 1
            && readers(nodes.indexOf(node)).stream()
                .allMatch(
                    reader ->
                        reader.vertex().orElse(null) instanceof ElementWiseVertex each
                            && each.getOp() == ElementWiseVertex.Op.Product);
    if (!isOfFactors) {
      throw unknown(node, layer.getClass());
    }
    return input;
  }

  private String layer(NetworkNode node, Layer layer, String input, InputType type) {
    if (layer.getClass() == ConvolutionLayer.class) {
      return convolution(node, (ConvolutionLayer) layer, input, type);
    }
    if (layer.getClass() == SeparableConvolution2D.class) {
      return separable(node, (SeparableConvolution2D) layer, input, type);
    }
    if (layer.getClass() == DepthwiseConvolution2D.class) {
      return depthwise(node, (DepthwiseConvolution2D) layer, input, type);
    }
    if (layer.getClass() == ZeroPaddingLayer.class) {
      return padding(node, (ZeroPaddingLayer) layer, input);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return isFolded(node) ? input : normalization(node, (BatchNormalization) layer, input);
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return pooling(node, (SubsamplingLayer) layer, input, type);
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return globalPooling(node, (GlobalPoolingLayer) layer, input);
    }
    if (layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class) {
      return dense(node, (FeedForwardLayer) layer, input);
    }
    if (layer.getClass() == ActivationLayer.class) {
      return activation(node, ((ActivationLayer) layer).getActivationFn(), input);
    }
    if (layer.getClass() == Upsampling2D.class) {
      return upsampling(node, layer, input, type);
    }
    if (layer.getClass() == DropoutLayer.class) {
      // Drops nothing where it predicts.
      return input;
    }
    throw unknown(node, layer.getClass());
  }

  private String convolution(
      NetworkNode node, ConvolutionLayer layer, String input, InputType type) {
    requireChannelsFirst(node, layer);
    Map<String, INDArray> numbers = numbers(node);
    INDArray weights = numbers.get(ConvolutionParamInitializer.WEIGHT_KEY);
    Weights all = new Weights(weights, Optional.ofNullable(bias(numbers)));
    String value = convolution(node, folded(node, all), 1, window(layer, maps(node, type)), input);
    return activation(node, layer.getActivationFn(), value);
  }

  private String separable(
      NetworkNode node, SeparableConvolution2D layer, String input, InputType type) {
    requireChannelsFirst(node, layer);
    Map<String, INDArray> numbers = numbers(node);
    // [multiplier, channels, height, width], of which ONNX wants a filter for each channel.
    INDArray depthwise =
        numbers
            .get(SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY)
            .permute(1, 0, 2, 3)
            .dup('c');
    long channels = depthwise.size(0);
    long filters = channels * depthwise.size(1);
    Weights each =
        new Weights(
            depthwise.reshape('c', filters, 1, depthwise.size(2), depthwise.size(3)),
            Optional.empty());
    String between = convolution(node, each, channels, window(layer, maps(node, type)), input);
    Weights point =
        new Weights(
            numbers.get(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY),
            Optional.ofNullable(bias(numbers)));
    String value = convolution(node, folded(node, point), 1, List.of(), between);
    return activation(node, layer.getActivationFn(), value);
  }

  private String depthwise(
      NetworkNode node, DepthwiseConvolution2D layer, String input, InputType type) {
    requireChannelsFirst(node, layer);
    Map<String, INDArray> numbers = numbers(node);
    // [height, width, channels, multiplier], of which ONNX wants a filter for each output.
    INDArray weights =
        numbers.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1).dup('c');
    long channels = weights.size(0);
    Weights each =
        new Weights(
            weights.reshape('c', channels * weights.size(1), 1, weights.size(2), weights.size(3)),
            Optional.ofNullable(numbers.get(DepthwiseConvolutionParamInitializer.BIAS_KEY)));
    String value =
        convolution(node, folded(node, each), channels, window(layer, maps(node, type)), input);
    return activation(node, layer.getActivationFn(), value);
  }

  private String padding(NetworkNode node, ZeroPaddingLayer layer, String input) {
    int[] zeros = layer.getPadding();
    String place = place(node);
    String pads =
        graph.constant(place + "/zeros", 0L, 0L, zeros[0], zeros[2], 0L, 0L, zeros[1], zeros[3]);
    return graph.node(place, "Pad", List.of(input, pads));
  }

  private static INDArray bias(Map<String, INDArray> numbers) {
    return numbers.get(ConvolutionParamInitializer.BIAS_KEY);
  }

  /**
   * Of a convolution.
   *
   * @param weights [filters, channels of a group, height, width]
   * @param bias as many numbers as filters
   */
  private record Weights(INDArray weights, Optional<INDArray> bias) {}

  private String convolution(
      NetworkNode node, Weights numbers, long groups, List<AttributeProto> window, String input) {
    String place = place(node);
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.add(graph.constant(place + "/weights", numbers.weights, numbers.weights.shape()));
    numbers.bias.ifPresent(
        bias -> inputs.add(graph.constant(place + "/bias", bias, bias.length())));
    List<AttributeProto> attributes = new ArrayList<>(window);
    attributes.add(integer("group", groups));
    return graph.node(place, "Conv", inputs, attributes.toArray(AttributeProto[]::new));
  }

  private static List<AttributeProto> window(ConvolutionLayer layer, InputTypeConvolutional input) {
    return window(
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation(),
        layer.getConvolutionMode(),
        input);
  }

  private static List<AttributeProto> window(
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      ConvolutionMode mode,
      InputTypeConvolutional input) {
    long[] size = {input.getHeight(), input.getWidth()};
    long[] pads = new long[4];
    for (int side = 0; side < 2; side++) {
      if (mode == ConvolutionMode.Same) {
        long reach = (long) (kernel[side] - 1) * dilation[side] + 1;
        SamePadding same = SamePadding.of(size[side], reach, stride[side]);
        pads[side] = same.before();
        pads[side + 2] = same.after();
      } else {
        pads[side] = padding[side];
        pads[side + 2] = padding[side];
      }
    }
    return List.of(
        integers("kernel_shape", kernel[0], kernel[1]),
        integers("strides", stride[0], stride[1]),
        integers("dilations", dilation[0], dilation[1]),
        integers("pads", pads));
  }

  /** Scale and shift of each channel that a normalization comes to. */
  private record Normalization(INDArray scale, INDArray shift, INDArray mean, INDArray variance) {
    static Normalization of(BatchNormalization layer, Map<String, INDArray> numbers) {
      INDArray mean = numbers.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
      INDArray logarithm = numbers.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      INDArray variance =
          layer.isUseLogStd()
              ? Transforms.pow(mean.ulike().assign(10), logarithm.mul(2))
              : numbers.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
      return layer.isLockGammaBeta()
          ? new Normalization(
              mean.ulike().assign(layer.getGamma()),
              mean.ulike().assign(layer.getBeta()),
              mean,
              variance)
          : new Normalization(
              numbers.get(BatchNormalizationParamInitializer.GAMMA),
              numbers.get(BatchNormalizationParamInitializer.BETA),
              mean,
              variance);
    }
  }

  private String normalization(NetworkNode node, BatchNormalization layer, String input) {
    String place = place(node);
    Normalization norm = Normalization.of(layer, numbers(node));
    long channels = norm.mean.length();
    return graph.node(
        place,
        "BatchNormalization",
        List.of(
            input,
            graph.constant(place + "/scale", norm.scale, channels),
            graph.constant(place + "/shift", norm.shift, channels),
            graph.constant(place + "/mean", norm.mean, channels),
            graph.constant(place + "/variance", norm.variance, channels)),
        number("epsilon", layer.getEps()));
  }

  /** The convolution that a normalization goes into, where that computes the same. */
  private boolean isFolded(NetworkNode normalization) {
    int from = normalization.inputs().get(0);
    return from != NetworkNode.IMAGE
        && foldable(from).filter(normalization::equals).isPresent()
        && normalization.before().isEmpty();
  }

  /** The normalization that goes into a part: its only reader, where nothing comes between. */
  private Optional<NetworkNode> foldable(int place) {
    List<NetworkNode> readers = readers(place);
    boolean folds =
        normalizations == BatchNormalizations.FOLDED
            && ofLayers.stream().noneMatch(each -> each.last() == place)
            && (isLastOfGroups(place) || isLinearConvolution(place))
            && readers.size() == 1
            && readers.get(0).layer().orElse(null) instanceof BatchNormalization;
    return folds ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private boolean isLastOfGroups(int place) {
    return ofGroups.stream().anyMatch(each -> each.last() == place);
  }

  private boolean isLinearConvolution(int place) {
    return nodes.get(place).layer().orElse(null) instanceof ConvolutionLayer convolution
        && convolution.getActivationFn() instanceof ActivationIdentity;
  }

  private Weights folded(NetworkNode node, Weights own) {
    Optional<NetworkNode> behind = foldable(nodes.indexOf(node));
    if (behind.isEmpty()) {
      return own;
    }
    BatchNormalization layer = (BatchNormalization) behind.get().layer().orElseThrow();
    Normalization norm = Normalization.of(layer, numbers(behind.get()));
    float[] scale = norm.scale.dup('c').data().asFloat();
    float[] shift = norm.shift.dup('c').data().asFloat();
    float[] mean = norm.mean.dup('c').data().asFloat();
    float[] variance = norm.variance.dup('c').data().asFloat();
    INDArray weights = own.weights.dup('c');
    INDArray bias = norm.mean.ulike();
    for (int filter = 0; filter < scale.length; filter++) {
      double factor = scale[filter] / Math.sqrt(variance[filter] + layer.getEps());
      double before = own.bias.isPresent() ? own.bias.get().getDouble(filter) : 0;
      weights.slice(filter).muli(factor);
      bias.putScalar(filter, (before - mean[filter]) * factor + shift[filter]);
    }
    return new Weights(weights, Optional.of(bias));
  }

  private String pooling(NetworkNode node, SubsamplingLayer layer, String input, InputType type) {
    if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW) {
      throw unknown(node, layer.getClass());
    }
    List<AttributeProto> window =
        window(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            layer.getConvolutionMode(),
            maps(node, type));
    return switch (layer.getPoolingType()) {
      case MAX ->
          graph.node(place(node), "MaxPool", List.of(input), window.toArray(AttributeProto[]::new));
      case AVG -> average(node, layer, input, window);
      case SUM, PNORM -> throw unknown(node, layer.getClass());
    };
  }

  private String average(
      NetworkNode node, SubsamplingLayer layer, String input, List<AttributeProto> window) {
    List<AttributeProto> attributes = new ArrayList<>(window);
    // Of this opset an average has no dilations.
    attributes.removeIf(attribute -> attribute.getName().equals("dilations"));
    attributes.add(integer("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1 : 0));
    return graph.node(
        place(node), "AveragePool", List.of(input), attributes.toArray(AttributeProto[]::new));
  }

  private String globalPooling(NetworkNode node, GlobalPoolingLayer layer, String input) {
    String operator =
        Map.of(PoolingType.AVG, "GlobalAveragePool", PoolingType.MAX, "GlobalMaxPool")
            .get(layer.getPoolingType());
    if (operator == null) {
      throw unknown(node, layer.getClass());
    }
    String pooled = graph.node(place(node), operator, List.of(input));
    if (!layer.isCollapseDimensions()) {
      return pooled;
    }
    return graph.node(place(node), "Flatten", List.of(pooled), integer("axis", 1));
  }

  private String dense(NetworkNode node, FeedForwardLayer layer, String input) {
    String place = place(node);
    Map<String, INDArray> numbers = numbers(node);
    INDArray weights = numbers.get(DefaultParamInitializer.WEIGHT_KEY);
    INDArray bias = numbers.get(DefaultParamInitializer.BIAS_KEY);
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.add(graph.constant(place + "/weights", weights, weights.shape()));
    if (bias != null) {
      inputs.add(graph.constant(place + "/bias", bias, bias.length()));
    }
    if (numbers.size() > inputs.size() - 1) {
      throw unknown(node, layer.getClass());
    }
    return activation(node, layer.getActivationFn(), graph.node(place, "Gemm", inputs));
  }

  private String activation(NetworkNode node, IActivation activation, String input) {
    return new OnnxActivation(graph, place(node))
        .of(activation, input)
        .orElseThrow(() -> unknown(node, activation.getClass()));
  }

  private void requireChannelsFirst(NetworkNode node, ConvolutionLayer layer) {
    if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW) {
      throw unknown(node, layer.getClass());
    }
  }

  private InputTypeConvolutional maps(NetworkNode node, InputType type) {
    if (type instanceof InputTypeConvolutional maps) {
      return maps;
    }
    throw unknown(node, type.getClass());
  }

  private Map<String, INDArray> numbers(NetworkNode node) {
    return network.layer(node).paramTable(false);
  }

  private static String place(NetworkNode node) {
    return "layer-" + node.name();
  }

  private static UserException unknown(NetworkNode node, Class<?> type) {
    return new UserException(
        "Layer %s has %s, which convoy writes into no ONNX file; export a network of the layers that"
            + " the settings know.",
        node.name(), type.getSimpleName());
  }
}
