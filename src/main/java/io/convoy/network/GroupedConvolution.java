package io.convoy.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * A convolution of groups of channels, each by itself, where it stands in a network. DL4J
 * (1.0.0-M2) has a depthwise convolution alone, and so this is made of parts that it has. The
 * depthwise convolution convolves each channel for each filter of its group. A vertex makes images
 * of the groups, whose channels are those of a group, and whose maps are those of the filters, one
 * behind the other. A convolution of 1 x 1, frozen at weights of 1, adds up the channels. Another
 * vertex makes the filters' maps of that.
 *
 * @param apart the place of the depthwise convolution
 * @param after the places of the other parts, of which the last gives the maps
 * @param groups how many
 */
public record GroupedConvolution(int apart, List<Integer> after, int groups) {
  private static final int ALL = -1;
  private static final int RANK = 4;

  /** Copies the list. */
  public GroupedConvolution {
    after = List.copyOf(after);
  }

  /** The place of the part that gives the maps. */
  public int last() {
    return after.get(after.size() - 1);
  }

  /**
   * What makes an image of each group.
   *
   * @param channels of a group
   * @param maps that the whole gives
   */
  static GraphVertex groups(int groups, int channels, Shape maps) {
    return new ReshapeVertex(ALL, channels, maps.channels() / groups, maps.height() * maps.width());
  }

  /** Adds up the channels of a group. */
  static Layer sum(int channels) {
    return new ConstantPoint(channels, 1, 1).layer();
  }

  /** What makes the maps of the sums. */
  static GraphVertex together(Shape maps) {
    return new ReshapeVertex(ALL, maps.channels(), maps.height(), maps.width());
  }

  /** Those of a network. */
  public static List<GroupedConvolution> of(List<NetworkNode> nodes) {
    return IntStream.range(0, nodes.size())
        .mapToObj(apart -> new Search(nodes, apart).found())
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Looks for one from its beginning, part by part.
   *
   * @param nodes of the whole network
   * @param apart the place of its first part
   */
  private record Search(List<NetworkNode> nodes, int apart) {

    Optional<GroupedConvolution> found() {
      if (!(layer(apart) instanceof DepthwiseConvolution2D convolution) || !isLinear(convolution)) {
        return Optional.empty();
      }
      int groups = onlyReader(apart);
      int sums = onlyReader(groups);
      int all = onlyReader(sums);
      int[] apartShape = shape(groups);
      int[] allShape = shape(all);
      long multiplier = convolution.getDepthMultiplier();
      return apartShape.length == RANK
              && allShape.length == RANK
              && apartShape[2] == multiplier
              && apartShape[3] == allShape[2] * allShape[3]
              && apartShape[1] * (long) allShape[1] == multiplier * convolution.getNIn()
              && new ConstantPoint(apartShape[1], 1, 1).is(nodes.get(sums))
          ? Optional.of(
              new GroupedConvolution(
                  apart, List.of(groups, sums, all), (int) (allShape[1] / multiplier)))
          : Optional.empty();
    }

    /** Whether its results can be added up to those of a convolution. */
    private static boolean isLinear(DepthwiseConvolution2D convolution) {
      return !convolution.hasBias()
          && convolution.getActivationFn() instanceof ActivationIdentity
          && convolution.getCnn2dDataFormat() == CNN2DFormat.NCHW;
    }

    private Layer layer(int place) {
      return place == NetworkNode.IMAGE ? null : nodes.get(place).layer().orElse(null);
    }

    /** The place of the part that alone reads another; that of the image where there is none. */
    private int onlyReader(int place) {
      List<Integer> readers =
          IntStream.range(0, nodes.size())
              .boxed()
              .filter(
                  each -> place != NetworkNode.IMAGE && nodes.get(each).inputs().contains(place))
              .toList();
      return readers.size() == 1
              && Collections.frequency(nodes.get(readers.get(0)).inputs(), place) == 1
          ? readers.get(0)
          : NetworkNode.IMAGE;
    }

    /** Of maps, image by image in order; of no length where that is not what it makes. */
    private int[] shape(int place) {
      return place != NetworkNode.IMAGE
              && nodes.get(place).vertex().orElse(null) instanceof ReshapeVertex reshape
              && reshape.getReshapeOrder() == ReshapeVertex.DEFAULT_RESHAPE_ORDER
              && reshape.getNewShape()[0] == ALL
          ? reshape.getNewShape()
          : new int[0];
    }
  }
}
