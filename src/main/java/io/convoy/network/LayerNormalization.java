package io.convoy.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * A normalisation of each position's channels (Ba et al. 2016) where it stands in a network. DL4J
 * (1.0.0-M2) has a layer normalisation of vectors alone, and so this is made of parts that it has.
 * A convolution of 1 x 1 takes the mean of the channels, another gives it to each channel, both
 * frozen at their first weights, and a vertex takes it off the maps. A local response normalisation
 * whose window reaches all channels divides by the root of the mean square and epsilon. A depthwise
 * convolution of 1 x 1 scales and shifts.
 *
 * @param maps the place of what is normalised; {@link NetworkNode#IMAGE} is the image
 * @param before the places of the parts before the last
 * @param last the place of the depthwise convolution, which gives the normalised maps
 * @param epsilon is added to the variance
 */
public record LayerNormalization(int maps, List<Integer> before, int last, double epsilon) {
  private static final double ROOT = 0.5;

  /** Copies the list. */
  public LayerNormalization {
    before = List.copyOf(before);
  }

  /** DL4J's layers that give each channel the mean of all. */
  static List<Layer> means(int channels) {
    return List.of(
        new ConstantPoint(channels, 1, 1.0 / channels).layer(),
        new ConstantPoint(1, channels, 1).layer());
  }

  /** DL4J's layers that take maps without their means. */
  static List<Layer> scaling(int channels, double epsilon) {
    return List.of(
        new LocalResponseNormalization.Builder(epsilon, window(channels), 1.0 / channels, ROOT)
            .build(),
        new DepthwiseConvolution2D.Builder(1, 1)
            .depthMultiplier(1)
            .convolutionMode(ConvolutionMode.Truncate)
            .weightInit(WeightInit.ONES)
            .activation(Activation.IDENTITY)
            .build());
  }

  /** How many channels it has around one to reach all, from the first as from the last. */
  private static double window(long channels) {
    return 2.0 * channels - 1;
  }

  /** Those of a network. */
  public static List<LayerNormalization> of(List<NetworkNode> nodes) {
    return IntStream.range(0, nodes.size())
        .mapToObj(last -> new Search(nodes, last).found())
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Looks for one from its end, part by part.
   *
   * @param nodes of the whole network
   * @param last the place of its last part
   */
  private record Search(List<NetworkNode> nodes, int last) {

    Optional<LayerNormalization> found() {
      int square = input(last);
      int centred = input(square);
      int maps = input(centred);
      if (centred == NetworkNode.IMAGE
          || square == NetworkNode.IMAGE
          || nodes.get(centred).inputs().size() != 2) {
        return Optional.empty();
      }
      int means = nodes.get(centred).inputs().get(1);
      int mean = input(means);
      long channels = channels();
      return channels > 0
              && isScale(last, channels)
              && isRoot(square, channels)
              && isDifference(centred)
              && is(means, new ConstantPoint(1, channels, 1))
              && is(mean, new ConstantPoint(channels, 1, 1.0 / channels))
              && input(mean) == maps
              && isReadOnlyInOrder(List.of(mean, means, centred, square))
          ? Optional.of(
              new LayerNormalization(
                  maps,
                  List.of(mean, means, centred, square),
                  last,
                  ((LocalResponseNormalization) layer(square)).getK()))
          : Optional.empty();
    }

    private int input(int place) {
      return place == NetworkNode.IMAGE ? NetworkNode.IMAGE : nodes.get(place).inputs().get(0);
    }

    private Layer layer(int place) {
      return place == NetworkNode.IMAGE ? null : nodes.get(place).layer().orElse(null);
    }

    /** Of the last; 0 where it is no convolution. */
    private long channels() {
      return layer(last) instanceof DepthwiseConvolution2D scale ? scale.getNIn() : 0;
    }

    private boolean isScale(int place, long channels) {
      return layer(place) instanceof DepthwiseConvolution2D scale
          && ConstantPoint.isPoint(scale)
          && scale.hasBias()
          && scale.getDepthMultiplier() == 1
          && nodes.get(place).before().isEmpty();
    }

    private boolean isRoot(int place, long channels) {
      return layer(place) instanceof LocalResponseNormalization root
          && root.getN() >= window(channels)
          && root.getAlpha() == 1.0 / channels
          && root.getBeta() == ROOT
          && root.getK() > 0
          && root.getDataFormat() == CNN2DFormat.NCHW;
    }

    private boolean isDifference(int place) {
      return nodes.get(place).vertex().orElse(null) instanceof ElementWiseVertex vertex
          && vertex.getOp() == ElementWiseVertex.Op.Subtract;
    }

    private boolean is(int place, ConstantPoint point) {
      return place != NetworkNode.IMAGE && point.is(nodes.get(place));
    }

    /** Whether nobody else reads the parts, each of which comes once. */
    private boolean isReadOnlyInOrder(List<Integer> parts) {
      List<Integer> read = new ArrayList<>();
      nodes.forEach(node -> read.addAll(node.inputs()));
      return parts.stream().allMatch(part -> Collections.frequency(read, part) == 1);
    }
  }
}
