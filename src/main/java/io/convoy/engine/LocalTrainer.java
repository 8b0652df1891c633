package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseFactors;
import io.convoy.settings.Precision;
import java.util.List;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Trains a DL4J network, minibatch by minibatch; its parameters, its optimizer's state and its
 * count of iterations are those of the network. For one thread at a time.
 */
public interface LocalTrainer extends AutoCloseable {
  /**
   * Computes the gradient of a minibatch and updates the parameters.
   *
   * @param minibatch features uint8 [images, height, width, channels], labels float32 [images,
   *     outputs], and as the labels' mask the weights of the examples in the loss, float32 [images,
   *     1]; without a mask all are 1
   * @param factor what the optimizer's learning rate is multiplied by
   * @param seed for dropout
   */
  Fit fit(DataSet minibatch, double factor, long seed);

  /**
   * Computes the gradient of a minibatch alone, which is then that of the network; see {@link
   * #fit(DataSet, double, long)}. By the weights of some dense layers it may be left as {@link
   * #factors}.
   *
   * @return the rate is that of the step that is to follow
   */
  Fit gradient(DataSet minibatch, double factor, long seed);

  /** Those that the last gradient was left as, in the order of their weights. */
  List<DenseFactors> factors();

  /**
   * Updates some parameters, and their part of the optimizer's state, by the network's gradient.
   * The count of iterations stays.
   *
   * @param factor what the optimizer's learning rate is multiplied by
   * @param first place of the first parameter, among all
   * @param length how many
   */
  void step(double factor, int first, int length);

  /**
   * Trains a minibatch with the optimizer's own learning rate; see {@link #fit(DataSet, double,
   * long)}.
   *
   * @return the mean loss before the update
   */
  default double fit(DataSet minibatch, long seed) {
    return fit(minibatch, 1, seed).loss();
  }

  /**
   * What a step of training was.
   *
   * @param loss mean of the minibatch, each example with its weight, before the update
   * @param learningRate that was applied
   */
  record Fit(double loss, double learningRate) {}

  /** Must be called where someone else has changed the network's parameters. */
  void readParameters();

  /** Frees native memory; the network stays as it is. */
  @Override
  void close();

  /** By the fastest engine of this machine, in float32; see {@link Engine#trainer}. */
  static LocalTrainer of(Network network, Shape image, int threads) {
    return of(network, image, threads, Precision.FLOAT32);
  }

  /** By the fastest engine of this machine; see {@link Engine#trainer}. */
  static LocalTrainer of(Network network, Shape image, int threads, Precision precision) {
    return Engine.fastest(network.configuration(), image)
        .trainer(network, image, threads, precision);
  }

  /** By the fastest engine of this machine; see {@link Engine#sharing}. */
  static LocalTrainer sharing(
      Network network, Shape image, int images, int threads, Precision precision) {
    return Engine.fastest(network.configuration(), image)
        .sharing(network, image, images, threads, precision);
  }
}
