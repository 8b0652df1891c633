package io.convoy.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * The last feature maps of a network: what its last convolution gives, with the normalisation, the
 * sum and the activation behind it. Behind them come poolings and dense layers alone, each reading
 * the one before it.
 *
 * @param node the place of the part that gives them, among the network's parts
 * @param shape of the maps of one image
 */
public record LastMaps(int node, Shape shape) {

  /**
   * Looks for them.
   *
   * @param image what goes in
   * @return empty where a network has none, as one of dense layers alone, or has them of one place
   *     each, or has a layer behind them that is none of those above
   */
  public static Optional<LastMaps> of(NetworkConfiguration network, Shape image) {
    List<NetworkNode> nodes = network.nodes();
    List<Shape> shapes = shapes(nodes, image);
    int place = nodes.size() - 1;
    while (place != NetworkNode.IMAGE && isBehind(nodes.get(place), shapes.get(place))) {
      place = nodes.get(place).inputs().get(0);
    }
    return place != NetworkNode.IMAGE && isSpatial(shapes.get(place))
        ? Optional.of(new LastMaps(place, shapes.get(place)))
        : Optional.empty();
  }

  /** The parts behind the maps, in the order in which they compute. */
  public List<NetworkNode> behind(NetworkConfiguration network) {
    List<NetworkNode> nodes = network.nodes();
    List<NetworkNode> behind = new ArrayList<>();
    for (int at = nodes.size() - 1; at != node; at = nodes.get(at).inputs().get(0)) {
      behind.add(0, nodes.get(at));
    }
    return behind;
  }

  private static boolean isBehind(NetworkNode node, Shape output) {
    Layer layer = node.layer().orElse(null);
    return layer instanceof OutputLayer
        || layer instanceof DenseLayer
        || layer instanceof DropoutLayer
        || layer instanceof SubsamplingLayer
        || layer instanceof GlobalPoolingLayer
        || layer instanceof ActivationLayer && !isSpatial(output);
  }

  private static boolean isSpatial(Shape shape) {
    return shape.height() > 1 || shape.width() > 1;
  }

  private static List<Shape> shapes(List<NetworkNode> nodes, Shape image) {
    InputType input = InputType.convolutional(image.height(), image.width(), image.channels());
    List<InputType> outputs = new ArrayList<>();
    for (NetworkNode node : nodes) {
      outputs.add(
          node.output(
              node.inputs().stream()
                  .map(from -> from == NetworkNode.IMAGE ? input : outputs.get(from))
                  .toList()));
    }
    return outputs.stream().map(Shape::of).toList();
  }
}
