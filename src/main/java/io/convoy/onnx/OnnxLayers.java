package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integer;

import io.convoy.failure.UserException;
import io.convoy.network.GroupedConvolution;
import io.convoy.network.LayerNormalization;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
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
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes a network's parts as they predict into a graph: maps are float32 [N, channels, h, w]. */
final class OnnxLayers {
  private final OnnxGraph graph;
  private final Network network;
  private final List<NetworkNode> nodes;
  private final OnnxNormalizations normalizations;
  private final OnnxConvolutions convolutions;
  private final List<LayerNormalization> ofLayers;
  private final List<GroupedConvolution> ofGroups;
  private final List<String> values = new ArrayList<>();
  private final List<InputType> types = new ArrayList<>();

  OnnxLayers(OnnxGraph graph, Network network, BatchNormalizations normalizations) {
    this.graph = graph;
    this.network = network;
    this.nodes = network.configuration().nodes();
    this.ofLayers = LayerNormalization.of(nodes);
    this.ofGroups = GroupedConvolution.of(nodes);
    this.normalizations =
        new OnnxNormalizations(graph, network, normalizations, ofLayers, ofGroups);
    this.convolutions = new OnnxConvolutions(graph, this.normalizations);
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
      OnnxPart part = between(new OnnxPart(network, node, inputs.get(0), arriving.get(0)));
      String value =
          joined(place, part)
              .or(() -> node.layer().map(layer -> layer(part, layer)))
              .orElseGet(() -> vertex(part, node.vertex().orElseThrow(), inputs));
      if (node.layer().orElse(null) instanceof OutputLayer output) {
        answer = new Answer(part.input(), output.getNIn(), value);
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
  private Optional<String> joined(int place, OnnxPart part) {
    for (LayerNormalization each : ofLayers) {
      if (each.last() == place || each.before().contains(place)) {
        return Optional.of(each.last() == place ? normalizations.layers(part, each) : part.input());
      }
    }
    for (GroupedConvolution each : ofGroups) {
      if (each.apart() == place || each.after().contains(place)) {
        return Optional.of(
            each.apart() == place
                ? convolutions.grouped(part, each, nodes.get(each.last()))
                : part.input());
      }
    }
    return Optional.empty();
  }

  /** DL4J flattens maps in the order of their channels, as ONNX does. */
  private OnnxPart between(OnnxPart part) {
    Optional<InputPreProcessor> before = part.node().before();
    if (before.isEmpty()) {
      return part;
    }
    if (before.get().getClass() == CnnToFeedForwardPreProcessor.class) {
      return part.reading(
          graph.node(part.place(), "Flatten", List.of(part.input()), integer("axis", 1)));
    }
    throw part.unknown(before.get().getClass());
  }

  private String vertex(OnnxPart part, GraphVertex vertex, List<String> inputs) {
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      return graph.node(part.place(), "Sum", inputs);
    }
    if (vertex instanceof ElementWiseVertex product
        && product.getOp() == ElementWiseVertex.Op.Product
        && inputs.size() == 2) {
      return graph.node(part.place(), "Mul", inputs);
    }
    if (vertex instanceof ReshapeVertex reshape
        && reshape.getReshapeOrder() == ReshapeVertex.DEFAULT_RESHAPE_ORDER) {
      long[] shape = Arrays.stream(reshape.getNewShape()).asLongStream().toArray();
      String place = part.place();
      return graph.node(
          place, "Reshape", List.of(inputs.get(0), graph.constant(place + "/shape", shape)));
    }
    if (vertex.getClass() == MergeVertex.class) {
      // Maps and vectors both have their channels second, as DL4J has them.
      return graph.node(part.place(), "Concat", inputs, integer("axis", 1));
    }
    if (vertex instanceof SubsetVertex subset) {
      String place = part.place();
      return graph.node(
          place,
          "Slice",
          List.of(
              inputs.get(0),
              graph.constant(place + "/from", (long) subset.getFrom()),
              graph.constant(place + "/to", subset.getTo() + 1L),
              graph.constant(place + "/channels", 1L)));
    }
    throw part.unknown(vertex.getClass());
  }

  private List<NetworkNode> readers(int place) {
    return nodes.stream().filter(node -> node.inputs().contains(place)).toList();
  }

  /** A product repeats what has one place over the maps that it is multiplied with. */
  private String upsampling(OnnxPart part, Layer layer) {
    InputTypeConvolutional maps = part.maps();
    boolean isOfFactors =
        maps.getHeight() == 1
            && maps.getWidth() == 1
            && readers(nodes.indexOf(part.node())).stream()
                .allMatch(
                    reader ->
                        reader.vertex().orElse(null) instanceof ElementWiseVertex each
                            && each.getOp() == ElementWiseVertex.Op.Product);
    if (!isOfFactors) {
      throw part.unknown(layer.getClass());
    }
    return part.input();
  }

  private String layer(OnnxPart part, Layer layer) {
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer plain = (ConvolutionLayer) layer;
      return activation(part, plain.getActivationFn(), convolutions.plain(part, plain));
    }
    if (layer.getClass() == SeparableConvolution2D.class) {
      SeparableConvolution2D separable = (SeparableConvolution2D) layer;
      return activation(part, separable.getActivationFn(), convolutions.separable(part, separable));
    }
    if (layer.getClass() == DepthwiseConvolution2D.class) {
      DepthwiseConvolution2D depthwise = (DepthwiseConvolution2D) layer;
      return activation(part, depthwise.getActivationFn(), convolutions.depthwise(part, depthwise));
    }
    if (layer.getClass() == ZeroPaddingLayer.class) {
      return padding(part, (ZeroPaddingLayer) layer);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return normalizations.batch(part, (BatchNormalization) layer);
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return pooling(part, (SubsamplingLayer) layer);
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return globalPooling(part, (GlobalPoolingLayer) layer);
    }
    if (layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class) {
      return dense(part, (FeedForwardLayer) layer);
    }
    if (layer.getClass() == ActivationLayer.class) {
      return activation(part, ((ActivationLayer) layer).getActivationFn(), part.input());
    }
    if (layer.getClass() == Upsampling2D.class) {
      return upsampling(part, layer);
    }
    if (layer.getClass() == DropoutLayer.class) {
      // Drops nothing where it predicts.
      return part.input();
    }
    throw part.unknown(layer.getClass());
  }

  private String padding(OnnxPart part, ZeroPaddingLayer layer) {
    int[] zeros = layer.getPadding();
    String place = part.place();
    String pads =
        graph.constant(place + "/zeros", 0L, 0L, zeros[0], zeros[2], 0L, 0L, zeros[1], zeros[3]);
    return graph.node(place, "Pad", List.of(part.input(), pads));
  }

  private String pooling(OnnxPart part, SubsamplingLayer layer) {
    if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW) {
      throw part.unknown(layer.getClass());
    }
    List<AttributeProto> window = OnnxWindow.of(layer).attributes(part.maps());
    return switch (layer.getPoolingType()) {
      case MAX ->
          graph.node(
              part.place(),
              "MaxPool",
              List.of(part.input()),
              window.toArray(AttributeProto[]::new));
      case AVG -> average(part, layer, window);
      case SUM, PNORM -> throw part.unknown(layer.getClass());
    };
  }

  private String average(OnnxPart part, SubsamplingLayer layer, List<AttributeProto> window) {
    List<AttributeProto> attributes = new ArrayList<>(window);
    // Of this opset an average has no dilations.
    attributes.removeIf(attribute -> attribute.getName().equals("dilations"));
    attributes.add(integer("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1 : 0));
    return graph.node(
        part.place(),
        "AveragePool",
        List.of(part.input()),
        attributes.toArray(AttributeProto[]::new));
  }

  private String globalPooling(OnnxPart part, GlobalPoolingLayer layer) {
    String operator =
        Map.of(PoolingType.AVG, "GlobalAveragePool", PoolingType.MAX, "GlobalMaxPool")
            .get(layer.getPoolingType());
    if (operator == null) {
      throw part.unknown(layer.getClass());
    }
    String pooled = graph.node(part.place(), operator, List.of(part.input()));
    if (!layer.isCollapseDimensions()) {
      return pooled;
    }
    return graph.node(part.place(), "Flatten", List.of(pooled), integer("axis", 1));
  }

  private String dense(OnnxPart part, FeedForwardLayer layer) {
    String place = part.place();
    Map<String, INDArray> numbers = part.numbers();
    INDArray weights = numbers.get(DefaultParamInitializer.WEIGHT_KEY);
    INDArray bias = numbers.get(DefaultParamInitializer.BIAS_KEY);
    List<String> inputs = new ArrayList<>(List.of(part.input()));
    inputs.add(graph.constant(place + "/weights", weights, weights.shape()));
    if (bias != null) {
      inputs.add(graph.constant(place + "/bias", bias, bias.length()));
    }
    if (numbers.size() > inputs.size() - 1) {
      throw part.unknown(layer.getClass());
    }
    return activation(part, layer.getActivationFn(), graph.node(place, "Gemm", inputs));
  }

  private String activation(OnnxPart part, IActivation activation, String input) {
    return new OnnxActivation(graph, part.place())
        .of(activation, input)
        .orElseThrow(() -> part.unknown(activation.getClass()));
  }
}
