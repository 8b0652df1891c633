package io.convoy.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Trains by DL4J's layers. */
final class Dl4jLearner implements Learner {
  private final MultiLayerNetwork network;

  Dl4jLearner(MultiLayerNetwork network) {
    this.network = network;
  }

  @Override
  public double fit(DataSet minibatch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    network.fit(Minibatch.planes(minibatch.getFeatures()), minibatch.getLabels());
    return network.score();
  }

  @Override
  public void close() {
    // The network's memory is its own.
  }
}
