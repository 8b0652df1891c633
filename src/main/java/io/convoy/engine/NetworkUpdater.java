package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Updaters;
import io.convoy.optimizer.ParameterUpdater;
import io.convoy.optimizer.Step;
import io.convoy.settings.Optimizer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Updates a DL4J network's parameters by its gradient, which is a minibatch's mean, and its own
 * optimizer.
 */
final class NetworkUpdater implements AutoCloseable {
  private final Network network;
  private final IUpdater updater;
  private final Optimizer optimizer;
  private final ParameterUpdater parameters;

  /**
   * @param network whose parameters and optimizer's state it changes
   * @param rounded receives the parameters in bfloat16, where they are wanted; as long as these
   * @param threads to use, at least 1
   */
  NetworkUpdater(Network network, Optional<ShortBuffer> rounded, int threads) {
    this.network = network;
    // An architecture has one optimizer for all layers. DL4J's steps change the rate in theirs.
    this.updater = network.configuration().optimizer().clone();
    this.optimizer =
        Updaters.optimizer(updater)
            .orElseThrow(
                () -> new IllegalArgumentException("no optimizer of convoy's: " + updater));
    // Makes the array for the gradient too.
    Optional<INDArray> state = network.updaterState();
    this.parameters =
        new ParameterUpdater(
            buffer(network.gradient()),
            buffer(network.parameters()),
            state.map(NetworkUpdater::buffer).orElse(FloatBuffer.allocate(0)),
            rounded,
            ParameterGroups.of(network),
            threads);
  }

  private static FloatBuffer buffer(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }

  /** The learning rate of the next step, of which the optimizer's own is a factor. */
  double rate(double factor) {
    NetworkConfiguration counts = network.configuration();
    return factor * updater.getLearningRate(counts.iterations(), counts.epochs());
  }

  /** Updates all parameters; the count of iterations stays. */
  void step(double factor) {
    parameters.apply(next(factor));
  }

  /** Updates some; see {@link LocalTrainer#step}. */
  void step(double factor, int first, int length) {
    parameters.apply(next(factor), first, length);
  }

  private Step next(double factor) {
    return Step.of(optimizer, network.configuration().iterations(), rate(factor));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
