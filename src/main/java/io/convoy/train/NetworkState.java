package io.convoy.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network on its way to the executors.
 *
 * @param configuration with its iteration and epoch counts
 * @param parameters of all layers, [1, parameters]
 * @param updater the optimizer's state; null where it has none, or is not needed
 */
public record NetworkState(
    MultiLayerConfiguration configuration, PackedArray parameters, PackedArray updater)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** To go on training. */
  static NetworkState ofTraining(MultiLayerNetwork network) {
    INDArray updater = network.getUpdater().getStateViewArray();
    return new NetworkState(
        network.getLayerWiseConfigurations(),
        new PackedArray(network.params()),
        updater == null ? null : new PackedArray(updater));
  }

  /** To predict with. */
  public static NetworkState ofParameters(MultiLayerNetwork network) {
    return new NetworkState(
        network.getLayerWiseConfigurations(), new PackedArray(network.params()), null);
  }

  /** A network of its own for training: with copies of parameters and optimizer's state. */
  MultiLayerNetwork copy() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(parameters.array().unsafeDuplication(), false);
    if (updater != null) {
      network.setUpdater(new MultiLayerUpdater(network, updater.array().unsafeDuplication()));
    }
    return network;
  }

  /** A network that only predicts, and shares the parameters. */
  public MultiLayerNetwork shared() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(parameters.array(), false);
    return network;
  }

  /** Parameters and optimizer's state of a network, one behind the other. */
  static List<PackedArray> arrays(INDArray parameters, INDArray updater) {
    List<PackedArray> arrays = new ArrayList<>();
    arrays.add(new PackedArray(parameters));
    if (updater != null) {
      arrays.add(new PackedArray(updater));
    }
    return arrays;
  }
}
