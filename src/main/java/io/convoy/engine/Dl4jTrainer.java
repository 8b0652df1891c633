package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** Trains by DL4J's layers. */
final class Dl4jTrainer implements LocalTrainer {
  private final Network network;
  private final IUpdater updater;
  private final BaseOutputLayer output;
  private final WeightedLoss loss;
  private double applied = 1;

  Dl4jTrainer(Network network) {
    this.network = network;
    this.updater = network.configuration().optimizer().clone();
    List<NetworkNode> nodes = network.configuration().nodes();
    this.output = (BaseOutputLayer) nodes.get(nodes.size() - 1).layer().orElseThrow();
    this.loss = new WeightedLoss(output.getLossFn());
    output.setLossFn(loss);
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    NetworkConfiguration counts = network.configuration();
    double rate = factor * updater.getLearningRate(counts.iterations(), counts.epochs());
    if (factor != applied) {
      apply(rate);
      applied = factor;
    }
    Nd4j.getRandom().setSeed(seed);
    loss.weigh(minibatch.getLabelsMaskArray());
    double mean = network.fit(Minibatch.planes(minibatch.getFeatures()), minibatch.getLabels());
    return new Fit(mean, rate);
  }

  @Override
  public Fit gradient(DataSet minibatch, double factor, long seed) {
    throw new UnsupportedOperationException("DL4J's layers take whole steps");
  }

  @Override
  public void step(double factor, int first, int length) {
    throw new UnsupportedOperationException("DL4J's layers take whole steps");
  }

  /** Not DL4J's {@code setLearningRate}, which makes a new optimizer and copies its state. */
  private void apply(double rate) {
    for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
      IUpdater each = block.getGradientUpdater().getConfig();
      if (each.hasLearningRate()) {
        each.setLrAndSchedule(rate, null);
      }
    }
  }

  @Override
  public void readParameters() {
    // Each minibatch reads them where they are.
  }

  @Override
  public void close() {
    // The network's memory is its own.
    output.setLossFn(loss.loss());
  }
}
