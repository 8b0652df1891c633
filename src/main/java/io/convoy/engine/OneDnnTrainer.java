package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.settings.Precision;
import org.nd4j.linalg.dataset.api.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains by oneDNN, and updates all parameters in one pass. */
final class OneDnnTrainer implements LocalTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnnTrainer.class);

  private final Network network;
  private final OneDnnNetwork passes;
  private final GradientClipping clipping;
  private final NetworkUpdater updater;

  OneDnnTrainer(Network network, Shape image, int threads, Precision precision) {
    this.network = network;
    // Makes the array for the gradient too.
    this.clipping = GradientClipping.of(network);
    this.passes =
        OneDnnNetwork.toTrain(
            network.configuration(),
            image,
            network.parameters(),
            network.gradient(),
            threads,
            precision);
    this.updater = new NetworkUpdater(network, passes.roundedParameters(), threads);
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    Fit fit = gradient(minibatch, factor, seed);
    updater.step(factor);
    network.countIterations(network.configuration().iterations() + 1);
    return fit;
  }

  @Override
  public Fit gradient(DataSet minibatch, double factor, long seed) {
    boolean first = passes.kernels().isEmpty();
    double loss =
        passes.gradient(
            minibatch.getFeatures(), minibatch.getLabels(), minibatch.getLabelsMaskArray(), seed);
    clipping.apply();
    if (first) {
      LOG.info("oneDNN computes with {}", passes.kernels());
    }
    return new Fit(loss, updater.rate(factor));
  }

  @Override
  public void step(double factor, int first, int length) {
    updater.step(factor, first, length);
  }

  @Override
  public void readParameters() {
    passes.roundParameters();
  }

  @Override
  public void close() {
    passes.close();
    updater.close();
  }
}
