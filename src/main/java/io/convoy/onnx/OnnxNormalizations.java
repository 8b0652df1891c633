package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integer;
import static io.convoy.onnx.OnnxGraph.integers;
import static io.convoy.onnx.OnnxGraph.number;

import io.convoy.network.GroupedConvolution;
import io.convoy.network.LayerNormalization;
import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Normalizations in a graph: as nodes, or in the weights of the convolutions before them. */
final class OnnxNormalizations {
  private final OnnxGraph graph;
  private final Network network;
  private final List<NetworkNode> nodes;
  private final BatchNormalizations kept;
  private final List<LayerNormalization> ofLayers;
  private final List<GroupedConvolution> ofGroups;

  OnnxNormalizations(
      OnnxGraph graph,
      Network network,
      BatchNormalizations kept,
      List<LayerNormalization> ofLayers,
      List<GroupedConvolution> ofGroups) {
    this.graph = graph;
    this.network = network;
    this.nodes = network.configuration().nodes();
    this.kept = kept;
    this.ofLayers = ofLayers;
    this.ofGroups = ofGroups;
  }

  /** ONNX normalises the last dimensions. */
  String layers(OnnxPart last, LayerNormalization normalization) {
    String place = last.place();
    Map<String, INDArray> numbers = last.numbers();
    INDArray scale = numbers.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
    INDArray shift = numbers.get(DepthwiseConvolutionParamInitializer.BIAS_KEY);
    String channelsLast =
        graph.node(place, "Transpose", List.of(last.input()), integers("perm", 0, 2, 3, 1));
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

  /** What comes out of a batch normalization; its input where a convolution has taken it in. */
  String batch(OnnxPart part, BatchNormalization layer) {
    if (isFolded(part.node())) {
      return part.input();
    }
    String place = part.place();
    Batch norm = Batch.of(layer, part.numbers());
    long channels = norm.mean.length();
    return graph.node(
        place,
        "BatchNormalization",
        List.of(
            part.input(),
            graph.constant(place + "/scale", norm.scale, channels),
            graph.constant(place + "/shift", norm.shift, channels),
            graph.constant(place + "/mean", norm.mean, channels),
            graph.constant(place + "/variance", norm.variance, channels)),
        number("epsilon", layer.getEps()));
  }

  /** What a batch normalization does to each channel. */
  private record Batch(INDArray scale, INDArray shift, INDArray mean, INDArray variance) {
    static Batch of(BatchNormalization layer, Map<String, INDArray> numbers) {
      INDArray mean = numbers.get(BatchNormalizationParamInitializer.GLOBAL_MEAN);
      INDArray logarithm = numbers.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
      INDArray variance =
          layer.isUseLogStd()
              ? Transforms.pow(mean.ulike().assign(10), logarithm.mul(2))
              : numbers.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
      return layer.isLockGammaBeta()
          ? new Batch(
              mean.ulike().assign(layer.getGamma()),
              mean.ulike().assign(layer.getBeta()),
              mean,
              variance)
          : new Batch(
              numbers.get(BatchNormalizationParamInitializer.GAMMA),
              numbers.get(BatchNormalizationParamInitializer.BETA),
              mean,
              variance);
    }
  }

  private boolean isFolded(NetworkNode normalization) {
    int from = normalization.inputs().get(0);
    return from != NetworkNode.IMAGE
        && foldable(from).filter(normalization::equals).isPresent()
        && normalization.before().isEmpty();
  }

  /** The normalization that goes into a part: its only reader, where nothing comes between. */
  private Optional<NetworkNode> foldable(int place) {
    List<NetworkNode> readers =
        nodes.stream().filter(node -> node.inputs().contains(place)).toList();
    boolean folds =
        kept == BatchNormalizations.FOLDED
            && ofLayers.stream().noneMatch(each -> each.last() == place)
            && (ofGroups.stream().anyMatch(each -> each.last() == place)
                || isLinearConvolution(place))
            && readers.size() == 1
            && readers.get(0).layer().orElse(null) instanceof BatchNormalization;
    return folds ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private boolean isLinearConvolution(int place) {
    return nodes.get(place).layer().orElse(null) instanceof ConvolutionLayer convolution
        && convolution.getActivationFn() instanceof ActivationIdentity;
  }

  /**
   * A convolution's weights, with the batch normalization behind it where it takes that in.
   *
   * @param last the convolution's part whose result the normalization reads
   */
  Weights folded(NetworkNode last, Weights own) {
    Optional<NetworkNode> behind = foldable(nodes.indexOf(last));
    if (behind.isEmpty()) {
      return own;
    }
    BatchNormalization layer = (BatchNormalization) behind.get().layer().orElseThrow();
    Batch norm = Batch.of(layer, network.layer(behind.get()).paramTable(false));
    float[] scale = norm.scale.dup('c').data().asFloat();
    float[] shift = norm.shift.dup('c').data().asFloat();
    float[] mean = norm.mean.dup('c').data().asFloat();
    float[] variance = norm.variance.dup('c').data().asFloat();
    INDArray weights = own.filters.dup('c');
    INDArray bias = norm.mean.ulike();
    for (int filter = 0; filter < scale.length; filter++) {
      double factor = scale[filter] / Math.sqrt(variance[filter] + layer.getEps());
      double before = own.bias.isPresent() ? own.bias.get().getDouble(filter) : 0;
      weights.slice(filter).muli(factor);
      bias.putScalar(filter, (before - mean[filter]) * factor + shift[filter]);
    }
    return new Weights(weights, Optional.of(bias));
  }

  /**
   * Of a convolution.
   *
   * @param filters [filters, channels of a group, height, width]
   * @param bias as many numbers as filters
   */
  record Weights(INDArray filters, Optional<INDArray> bias) {}
}
