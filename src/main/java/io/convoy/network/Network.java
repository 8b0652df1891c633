package io.convoy.network;

import io.convoy.failure.Amount;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J network of either kind, with its parameters. For one thread at a time. */
public sealed interface Network permits LayersNetwork, GraphNetwork {
  /**
   * What is to be done with DL4J's network, by its kind.
   *
   * @param layers where its layers are one behind the other
   * @param graph where they are a graph
   */
  <T> T kind(Function<MultiLayerNetwork, T> layers, Function<ComputationGraph, T> graph);

  /** Its configuration, with its counts as they are now. */
  NetworkConfiguration configuration();

  /** The parameters of all layers, float32 [1, parameters], in use. */
  INDArray parameters();

  /** The optimizer, which is made where there is none, and with it the gradient. */
  BaseMultiLayerUpdater<?> updater();

  /** Goes on with an optimizer's state, which is used, not copied. */
  void useUpdaterState(INDArray state);

  /** The gradient by the parameters, in use; the same size. */
  INDArray gradient();

  /** Says how many epochs it has been trained. */
  void countEpochs(int epochs);

  /** Says how many minibatches in a row it has been trained. */
  void countIterations(int iterations);

  /**
   * One step of training by DL4J's layers.
   *
   * @param planes float32 [images, channels, height, width], 0..1
   * @param labels float32 [images, outputs]
   * @return the mean loss before the step
   */
  double fit(INDArray planes, INDArray labels);

  /**
   * The gradient of a minibatch by DL4J's layers, which is then {@link #gradient}: the sum over the
   * images, but for running statistics, where it is what they lose.
   *
   * @param planes see {@link #fit}
   * @return the mean loss
   */
  double computeGradient(INDArray planes, INDArray labels);

  /** DL4J's layer of a part that is one. */
  Layer layer(NetworkNode node);

  /** The output by DL4J's layers; see {@link #fit}. */
  INDArray output(INDArray planes);

  /**
   * What a part gives, by DL4J's layers.
   *
   * @param planes float32 [images, channels, height, width], 0..1
   * @param node the part's place
   */
  INDArray output(INDArray planes, int node);

  /**
   * Makes sure that it gives as many numbers for an image as its classes ask for, which a damaged
   * configuration may not say.
   *
   * @param classes of the images, at least 2
   * @param channels of the image
   * @param height of the image in pixels
   * @param width of the image in pixels
   * @throws IllegalArgumentException if it does not
   */
  default void requireAnswer(int classes, int channels, int height, int width) {
    INDArray answer =
        ConfigurationJson.trusting(() -> output(Nd4j.zeros(1, channels, height, width)));
    int wanted = NetworkBuilder.outputs(classes);
    if (answer.length() != wanted) {
      throw new IllegalArgumentException(
          "for an image of %d classes it gives %s, not %d"
              .formatted(classes, Amount.of(answer.length(), "number"), wanted));
    }
  }

  /** The state of the optimizer, in use; empty where it has none. */
  default Optional<INDArray> updaterState() {
    return Optional.ofNullable(updater().getStateViewArray());
  }
}
