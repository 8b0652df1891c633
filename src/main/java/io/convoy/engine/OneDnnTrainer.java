package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.network.Updaters;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.optimizer.ParameterUpdater;
import io.convoy.optimizer.Step;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
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
  private final ParameterUpdater parameters;
  private final IUpdater updater;
  private final Optimizer optimizer;

  OneDnnTrainer(Network network, Shape image, int threads, Precision precision) {
    this.network = network;
    // Makes the array for the gradient too.
    Optional<INDArray> state = network.updaterState();
    INDArray gradient = network.gradient();
    this.passes =
        OneDnnNetwork.toTrain(
            network.configuration(), image, network.parameters(), gradient, threads, precision);
    this.parameters =
        new ParameterUpdater(
            buffer(gradient),
            buffer(network.parameters()),
            state.map(OneDnnTrainer::buffer).orElse(FloatBuffer.allocate(0)),
            passes.roundedParameters(),
            ParameterGroups.of(network),
            threads);
    // An architecture has one optimizer for all layers.
    this.updater = network.configuration().optimizer();
    this.optimizer =
        Updaters.optimizer(updater)
            .orElseThrow(
                () -> new IllegalArgumentException("no optimizer of convoy's: " + updater));
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    Fit fit = gradient(minibatch, factor, seed);
    parameters.apply(step(factor));
    network.countIterations(network.configuration().iterations() + 1);
    return fit;
  }

  @Override
  public Fit gradient(DataSet minibatch, double factor, long seed) {
    boolean first = passes.kernels().isEmpty();
    double loss =
        passes.gradient(
            minibatch.getFeatures(), minibatch.getLabels(), minibatch.getLabelsMaskArray(), seed);
    if (first) {
      LOG.info("oneDNN computes with {}", passes.kernels());
    }
    return new Fit(loss, step(factor).learningRate());
  }

  @Override
  public void step(double factor, int first, int length) {
    parameters.apply(step(factor), first, length);
  }

  private Step step(double factor) {
    NetworkConfiguration counts = network.configuration();
    int iteration = counts.iterations();
    return Step.of(
        optimizer, iteration, factor * updater.getLearningRate(iteration, counts.epochs()));
  }

  @Override
  public void readParameters() {
    passes.roundParameters();
  }

  @Override
  public void close() {
    passes.close();
    parameters.close();
  }

  private static FloatBuffer buffer(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }
}
