package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseFactors;
import io.convoy.onednn.DenseWeights;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.settings.Precision;
import java.util.List;
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

  /**
   * @param factored weights of dense layers, whose gradient is left as factors
   */
  OneDnnTrainer(
      Network network, Shape image, List<DenseWeights> factored, int threads, Precision precision) {
    this.network = network;
    // Makes the array for the gradient too.
    this.clipping = GradientClipping.of(network);
    this.passes =
        OneDnnNetwork.toTrain(
            network.configuration(),
            image,
            network.parameters(),
            network.gradient(),
            factored,
            threads,
            precision);
    this.updater = new NetworkUpdater(network, passes.roundedParameters(), threads);
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    Fit fit = gradient(minibatch, factor, seed);
    for (DenseFactors factors : passes.factors()) {
      int images = minibatch.numExamples();
      byte[] own = new byte[factors.bytes(images)];
      factors.read(own);
      factors.multiply(List.of(new DenseFactors.Part(own, images, 1)));
    }
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
  public List<DenseFactors> factors() {
    return passes.factors();
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
