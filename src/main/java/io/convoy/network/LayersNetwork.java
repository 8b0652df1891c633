package io.convoy.network;

import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers one behind the other.
 *
 * @param dl4j with its parameters
 */
public record LayersNetwork(MultiLayerNetwork dl4j) implements Network {
  @Override
  public <T> T kind(Function<MultiLayerNetwork, T> layers, Function<ComputationGraph, T> graph) {
    return layers.apply(dl4j);
  }

  @Override
  public NetworkConfiguration configuration() {
    return new LayersConfiguration(dl4j.getLayerWiseConfigurations());
  }

  @Override
  public INDArray parameters() {
    return dl4j.params();
  }

  @Override
  public BaseMultiLayerUpdater<?> updater() {
    return (BaseMultiLayerUpdater<?>) dl4j.getUpdater();
  }

  @Override
  public void useUpdaterState(INDArray state) {
    dl4j.setUpdater(new MultiLayerUpdater(dl4j, state));
  }

  @Override
  public INDArray gradient() {
    return dl4j.getFlattenedGradients();
  }

  @Override
  public void countEpochs(int epochs) {
    dl4j.setEpochCount(epochs);
  }

  @Override
  public void countIterations(int iterations) {
    dl4j.setIterationCount(iterations);
  }

  @Override
  public double fit(INDArray planes, INDArray labels) {
    // DL4J's score is the loss and a term of the weight decay.
    double decay = dl4j.calcRegularizationScore(true);
    dl4j.fit(planes, labels);
    return dl4j.score() - decay;
  }

  @Override
  public double computeGradient(INDArray planes, INDArray labels) {
    dl4j.setInput(planes);
    dl4j.setLabels(labels);
    dl4j.computeGradientAndScore();
    return dl4j.score() - dl4j.calcRegularizationScore(true);
  }

  @Override
  public Layer layer(NetworkNode node) {
    return dl4j.getLayer(Integer.parseInt(node.name()));
  }

  @Override
  public INDArray output(INDArray planes) {
    return dl4j.output(planes);
  }

  @Override
  public INDArray output(INDArray planes, int node) {
    return dl4j.feedForwardToLayer(node, planes, false).get(node + 1);
  }
}
