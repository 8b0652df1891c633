package io.convoy.modelfile;

import io.convoy.network.Network;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a network in training, so that its files can be written while it trains on. Holds
 * native memory until it is closed.
 *
 * @param configuration DL4J's JSON, with the counts of epochs and iterations
 * @param parameters float32 [1, parameters]
 * @param updaterState the optimizer's; empty where it has none
 * @param velocity of the outer step, [1, n], where there is one
 * @param average the parameters' moving average, float32 [1, parameters], where there is one
 */
public record Snapshot(
    String configuration,
    INDArray parameters,
    Optional<INDArray> updaterState,
    Optional<INDArray> velocity,
    Optional<INDArray> average)
    implements AutoCloseable {

  /**
   * Copies a network.
   *
   * @param velocity of the outer step, where there is one
   * @param average the parameters' moving average, where there is one
   */
  public static Snapshot of(
      Network network, Optional<INDArray> velocity, Optional<INDArray> average) {
    return new Snapshot(
        network.configuration().json(),
        network.parameters().dup(),
        network.updaterState().map(INDArray::dup),
        velocity.map(INDArray::dup),
        average.map(INDArray::dup));
  }

  /**
   * Copies a network of the same layers into this copy's memory, which would be slow to take anew.
   *
   * @return what is there now; this copy must not be used any longer
   */
  public Snapshot again(Network network, Optional<INDArray> velocity, Optional<INDArray> average) {
    parameters.assign(network.parameters());
    updaterState.ifPresent(state -> state.assign(network.updaterState().orElseThrow()));
    this.velocity.ifPresent(numbers -> numbers.assign(velocity.orElseThrow()));
    this.average.ifPresent(numbers -> numbers.assign(average.orElseThrow()));
    return new Snapshot(
        network.configuration().json(), parameters, updaterState, this.velocity, this.average);
  }

  /** What the network predicts with, float32 [1, parameters]. */
  INDArray predicting() {
    return average.orElse(parameters);
  }

  @Override
  public void close() {
    parameters.close();
    updaterState.ifPresent(INDArray::close);
    velocity.ifPresent(INDArray::close);
    average.ifPresent(INDArray::close);
  }
}
