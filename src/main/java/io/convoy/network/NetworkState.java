package io.convoy.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network on its way to the executors.
 *
 * @param configuration with its iteration and epoch counts
 * @param parameters of all layers, [1, parameters]
 * @param updater the optimizer's state; null where it has none, or begins with an empty one
 */
public record NetworkState(
    NetworkConfiguration configuration, PackedArray parameters, PackedArray updater)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** To go on training. */
  public static NetworkState ofTraining(Network network) {
    return new NetworkState(
        network.configuration(),
        new PackedArray(network.parameters()),
        network.updaterState().map(PackedArray::new).orElse(null));
  }

  /** To predict with, or to go on training with an optimizer that begins afresh. */
  public static NetworkState ofParameters(Network network) {
    return new NetworkState(network.configuration(), new PackedArray(network.parameters()), null);
  }

  /** A network of its own for training: with copies of parameters and optimizer's state. */
  public Network copy() {
    Network network = configuration.on(parameters.array().unsafeDuplication());
    if (updater != null) {
      network.useUpdaterState(updater.array().unsafeDuplication());
    }
    return network;
  }

  /** A network that trains these parameters and this optimizer's state themselves. */
  public Network lent() {
    Network network = shared();
    if (updater != null) {
      network.useUpdaterState(updater.array());
    }
    return network;
  }

  /** A network that only predicts, and shares the parameters. */
  public Network shared() {
    return configuration.on(parameters.array());
  }

  /** Parameters and optimizer's state of a network, one behind the other. */
  public static List<PackedArray> arrays(INDArray parameters, INDArray updater) {
    List<PackedArray> arrays = new ArrayList<>();
    arrays.add(new PackedArray(parameters));
    if (updater != null) {
      arrays.add(new PackedArray(updater));
    }
    return arrays;
  }
}
