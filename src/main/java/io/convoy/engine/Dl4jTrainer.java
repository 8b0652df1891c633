package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkNode;
import io.convoy.network.WeightedLoss;
import io.convoy.onednn.DenseFactors;
import io.convoy.optimizer.ParameterGroup;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;

/** Trains by DL4J's layers. */
final class Dl4jTrainer implements LocalTrainer {
  private final Network network;
  private final List<ParameterGroup> groups;
  private final GradientClipping clipping;
  private final NetworkUpdater updater;
  private final BaseOutputLayer output;
  private final WeightedLoss loss;
  private double applied = 1;

  Dl4jTrainer(Network network, int threads) {
    this.network = network;
    this.groups = ParameterGroups.of(network);
    this.clipping = GradientClipping.of(network);
    this.updater = new NetworkUpdater(network, Optional.empty(), threads);
    List<NetworkNode> nodes = network.configuration().nodes();
    this.output = (BaseOutputLayer) nodes.get(nodes.size() - 1).layer().orElseThrow();
    this.loss = new WeightedLoss(output.getLossFn());
    output.setLossFn(loss);
  }

  @Override
  public Fit fit(DataSet minibatch, double factor, long seed) {
    double rate = updater.rate(factor);
    if (factor != applied) {
      apply(rate);
      applied = factor;
    }
    prepare(minibatch, seed);
    double mean = network.fit(Minibatch.planes(minibatch.getFeatures()), minibatch.getLabels());
    return new Fit(mean, rate);
  }

  private void prepare(DataSet minibatch, long seed) {
    Nd4j.getRandom().setSeed(seed);
    loss.weigh(minibatch.getLabelsMaskArray());
  }

  @Override
  public Fit gradient(DataSet minibatch, double factor, long seed) {
    prepare(minibatch, seed);
    double mean =
        network.computeGradient(Minibatch.planes(minibatch.getFeatures()), minibatch.getLabels());
    INDArray gradient = network.gradient();
    for (ParameterGroup group : groups) {
      // DL4J's gradients are sums over the images; what running statistics lose is a mean.
      if (group.rule() == ParameterGroup.Rule.STEP) {
        gradient
            .get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(group.first(), group.first() + group.length()))
            .divi(minibatch.numExamples());
      }
    }
    clipping.apply();
    return new Fit(mean, updater.rate(factor));
  }

  @Override
  public List<DenseFactors> factors() {
    return List.of();
  }

  @Override
  public void step(double factor, int first, int length) {
    updater.step(factor, first, length);
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
    if (applied != 1) {
      // Another trainer of the network takes its rate for the optimizer's own.
      apply(updater.rate(1));
    }
    updater.close();
    output.setLossFn(loss.loss());
  }
}
