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
 */
public record Snapshot(
    String configuration,
    INDArray parameters,
    Optional<INDArray> updaterState,
    Optional<INDArray> velocity)
    implements AutoCloseable {

  /**
   * Copies a network.
   *
   * @param velocity of the outer step, where there is one
   */
  public static Snapshot of(Network network, Optional<INDArray> velocity) {
    return new Snapshot(
        network.configuration().json(),
        network.parameters().dup(),
        network.updaterState().map(INDArray::dup),
        velocity.map(INDArray::dup));
  }

  @Override
  public void close() {
    parameters.close();
    updaterState.ifPresent(INDArray::close);
    velocity.ifPresent(INDArray::close);
  }
}
