package io.convoy.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Compares the layers of two networks and their loss, whatever optimizers and decays train them.
 */
public final class LayerComparison {
  private LayerComparison() {}

  /**
   * The first layer, from 1, in which they differ; empty where they are the same.
   *
   * @param one a network that is complete with the sizes of its layers
   * @param other another
   */
  public static OptionalInt firstDifference(NetworkConfiguration one, NetworkConfiguration other) {
    List<NetworkNode> ones = one.nodes();
    List<NetworkNode> others = other.nodes();
    return IntStream.rangeClosed(1, Math.max(ones.size(), others.size()))
        .filter(
            number ->
                number > ones.size()
                    || number > others.size()
                    || !isSame(ones.get(number - 1), others.get(number - 1)))
        .findFirst();
  }

  private static boolean isSame(NetworkNode one, NetworkNode other) {
    return one.inputs().equals(other.inputs())
        && one.vertex().equals(other.vertex())
        && one.isFrozen() == other.isFrozen()
        && layer(one).equals(layer(other));
  }

  private static Optional<Layer> layer(NetworkNode node) {
    Optional<Layer> layer = node.layer().map(Layer::clone);
    layer.ifPresent(
        each -> {
          if (each instanceof BaseLayer trained) {
            trained.setIUpdater(null);
            trained.setBiasUpdater(null);
            trained.setRegularization(null);
            trained.setRegularizationBias(null);
          }
        });
    return layer;
  }
}
