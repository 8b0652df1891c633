package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integer;

import io.convoy.network.GroupedConvolution;
import io.convoy.network.NetworkNode;
import io.convoy.onnx.OnnxNormalizations.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions in a graph, before their activation. ONNX has one kind, whose channels may be in
 * groups; the weights that DL4J has are put in its order.
 */
final class OnnxConvolutions {
  private final OnnxGraph graph;
  private final OnnxNormalizations normalizations;

  OnnxConvolutions(OnnxGraph graph, OnnxNormalizations normalizations) {
    this.graph = graph;
    this.normalizations = normalizations;
  }

  String plain(OnnxPart part, ConvolutionLayer layer) {
    Map<String, INDArray> numbers = part.numbers();
    Weights all = new Weights(numbers.get(ConvolutionParamInitializer.WEIGHT_KEY), bias(numbers));
    return node(part, normalizations.folded(part.node(), all), 1, window(part, layer));
  }

  String separable(OnnxPart part, SeparableConvolution2D layer) {
    Map<String, INDArray> numbers = part.numbers();
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
    String between = node(part, each, channels, window(part, layer));
    Weights point =
        new Weights(
            numbers.get(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY), bias(numbers));
    Weights second = normalizations.folded(part.node(), point);
    return node(part.reading(between), second, 1, List.of());
  }

  String depthwise(OnnxPart part, DepthwiseConvolution2D layer) {
    Map<String, INDArray> numbers = part.numbers();
    // [height, width, channels, multiplier], of which ONNX wants a filter for each output.
    INDArray weights =
        numbers.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1).dup('c');
    long channels = weights.size(0);
    Weights each =
        new Weights(
            weights.reshape('c', channels * weights.size(1), 1, weights.size(2), weights.size(3)),
            Optional.ofNullable(numbers.get(DepthwiseConvolutionParamInitializer.BIAS_KEY)));
    return node(part, normalizations.folded(part.node(), each), channels, window(part, layer));
  }

  /**
   * All of a grouped convolution.
   *
   * @param apart its first part, a depthwise convolution
   * @param last its last
   */
  String grouped(OnnxPart apart, GroupedConvolution convolution, NetworkNode last) {
    DepthwiseConvolution2D layer = (DepthwiseConvolution2D) apart.node().layer().orElseThrow();
    // [height, width, channels, filters of a group], of which ONNX wants the channels of a group
    // for each filter of all groups.
    INDArray weights = apart.numbers().get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
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
    return node(apart, normalizations.folded(last, all), groups, window(apart, layer));
  }

  private static Optional<INDArray> bias(Map<String, INDArray> numbers) {
    return Optional.ofNullable(numbers.get(ConvolutionParamInitializer.BIAS_KEY));
  }

  private String node(OnnxPart part, Weights numbers, long groups, List<AttributeProto> window) {
    String place = part.place();
    INDArray filters = numbers.filters();
    List<String> inputs = new ArrayList<>(List.of(part.input()));
    inputs.add(graph.constant(place + "/weights", filters, filters.shape()));
    numbers
        .bias()
        .ifPresent(bias -> inputs.add(graph.constant(place + "/bias", bias, bias.length())));
    List<AttributeProto> attributes = new ArrayList<>(window);
    attributes.add(integer("group", groups));
    return graph.node(place, "Conv", inputs, attributes.toArray(AttributeProto[]::new));
  }

  private static List<AttributeProto> window(OnnxPart part, ConvolutionLayer layer) {
    if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW) {
      throw part.unknown(layer.getClass());
    }
    return OnnxWindow.of(layer).attributes(part.maps());
  }
}
