package io.convoy.network;

import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph of layers.
 *
 * @param dl4j with its parameters
 */
public record GraphNetwork(ComputationGraph dl4j) implements Network {
  @Override
  public <T> T kind(Function<MultiLayerNetwork, T> layers, Function<ComputationGraph, T> graph) {
    return graph.apply(dl4j);
  }

  @Override
  public NetworkConfiguration configuration() {
    return new GraphConfiguration(dl4j.getConfiguration());
  }

  @Override
  public INDArray parameters() {
    return dl4j.params();
  }

  @Override
  public BaseMultiLayerUpdater<?> updater() {
    return dl4j.getUpdater();
  }

  @Override
  public void useUpdaterState(INDArray state) {
    dl4j.setUpdater(new ComputationGraphUpdater(dl4j, state));
  }

  @Override
  public INDArray gradient() {
    return dl4j.getGradientsViewArray();
  }

  @Override
  public void countEpochs(int epochs) {
    dl4j.getConfiguration().setEpochCount(epochs);
  }

  @Override
  public void countIterations(int iterations) {
    dl4j.getConfiguration().setIterationCount(iterations);
  }

  @Override
  public double fit(INDArray planes, INDArray labels) {
    // DL4J's score is the loss and a term of the weight decay.
    double decay = dl4j.calcRegularizationScore(true);
    dl4j.fit(new INDArray[] {planes}, new INDArray[] {labels});
    return dl4j.score() - decay;
  }

  @Override
  public double computeGradient(INDArray planes, INDArray labels) {
    dl4j.setInput(0, planes);
    dl4j.setLabel(0, labels);
    dl4j.computeGradientAndScore();
    return dl4j.score() - dl4j.calcRegularizationScore(true);
  }

  @Override
  public Layer layer(NetworkNode node) {
    return dl4j.getLayer(node.name());
  }

  @Override
  public INDArray output(INDArray planes) {
    return dl4j.outputSingle(planes);
  }

  @Override
  public INDArray output(INDArray planes, int node) {
    return dl4j.feedForward(planes, false).get(configuration().nodes().get(node).name());
  }
}
