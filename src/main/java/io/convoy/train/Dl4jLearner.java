package io.convoy.train;

import io.convoy.model.Network;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Trains by DL4J's layers. */
final class Dl4jLearner implements Learner {
  private final Network network;

  Dl4jLearner(Network network) {
    this.network = network;
  }

  @Override
  public double fit(DataSet minibatch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    return network.fit(
        Minibatch.planes(minibatch.getFeatures()),
        minibatch.getLabels(),
        minibatch.getLabelsMaskArray());
  }

  @Override
  public void close() {
    // The network's memory is its own.
  }
}
