package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.optimizer.ParameterUpdater;
import io.convoy.optimizer.Step;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains by oneDNN, and updates all parameters in one pass. */
final class OneDnnTrainer implements LocalTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnnTrainer.class);

  private final Network network;
  private final OneDnnNetwork passes;
  private final ParameterUpdater descent;
  private final IUpdater updater;

  OneDnnTrainer(Network network, Shape image, int threads) {
    this.network = network;
    // Makes the array for the gradient too.
    Optional<INDArray> state = network.updaterState();
    INDArray gradient = network.gradient();
    this.passes =
        OneDnnNetwork.toTrain(
            network.configuration(), image, network.parameters(), gradient, threads);
    this.descent =
        new ParameterUpdater(
            buffer(gradient),
            buffer(network.parameters()),
            state.map(OneDnnTrainer::buffer).orElse(FloatBuffer.allocate(0)),
            ParameterGroups.of(network),
            threads);
    // An architecture has one optimizer for all layers.
    this.updater = network.configuration().optimizer();
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    boolean first = passes.kernels().isEmpty();
    double loss =
        passes.gradient(
            minibatch.getFeatures(), minibatch.getLabels(), minibatch.getLabelsMaskArray(), seed);
    NetworkConfiguration counts = network.configuration();
    int iteration = counts.iterations();
    Step step = Step.of(updater, iteration, counts.epochs(), factor);
    descent.apply(step);
    network.countIterations(iteration + 1);
    if (first) {
      LOG.info("oneDNN computes with {}", passes.kernels());
    }
    return new Fit(loss, step.learningRate());
  }

  @Override
  public void close() {
    passes.close();
    descent.close();
  }

  private static FloatBuffer buffer(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }
}
