package io.convoy.model;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Compares the layers of two networks and their loss, whatever optimizers train them. */
public final class LayerComparison {
  private LayerComparison() {}

  /**
   * The first layer, from 1, in which they differ; empty where they are the same.
   *
   * @param one a network that is complete with the sizes of its layers
   * @param other another
   */
  public static OptionalInt firstDifference(
      MultiLayerConfiguration one, MultiLayerConfiguration other) {
    int layers = Math.max(one.getConfs().size(), other.getConfs().size());
    return IntStream.rangeClosed(1, layers)
        .filter(
            number ->
                number > one.getConfs().size()
                    || number > other.getConfs().size()
                    || !layer(one, number).equals(layer(other, number)))
        .findFirst();
  }

  private static Layer layer(MultiLayerConfiguration network, int number) {
    Layer layer = network.getConf(number - 1).getLayer().clone();
    if (layer instanceof BaseLayer trained) {
      trained.setIUpdater(null);
      trained.setBiasUpdater(null);
    }
    return layer;
  }
}
