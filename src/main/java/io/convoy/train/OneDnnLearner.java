package io.convoy.train;

import io.convoy.model.Shape;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.optimizer.Descent;
import io.convoy.optimizer.Step;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains by oneDNN, and updates all parameters in one pass. */
final class OneDnnLearner implements Learner {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnnLearner.class);

  private final MultiLayerNetwork network;
  private final OneDnnNetwork passes;
  private final Descent descent;
  private final IUpdater updater;

  OneDnnLearner(MultiLayerNetwork network, Shape image, int threads) {
    this.network = network;
    // Makes the array for the gradient too.
    INDArray state = network.getUpdater().getStateViewArray();
    INDArray gradient = network.getFlattenedGradients();
    this.passes =
        OneDnnNetwork.toTrain(
            network.getLayerWiseConfigurations(), image, network.params(), gradient, threads);
    this.descent =
        new Descent(
            buffer(gradient),
            buffer(network.params()),
            state == null ? FloatBuffer.allocate(0) : buffer(state),
            threads);
    // An architecture has one optimizer for all layers.
    this.updater = ((BaseLayer) network.getOutputLayer().conf().getLayer()).getIUpdater();
  }

  @Override
  public double fit(DataSet minibatch, long seed) {
    boolean first = passes.kernels().isEmpty();
    double loss = passes.gradient(minibatch.getFeatures(), minibatch.getLabels(), seed);
    int iteration = network.getIterationCount();
    descent.apply(Step.of(updater, iteration, network.getEpochCount()).orElseThrow());
    network.setIterationCount(iteration + 1);
    if (first) {
      LOG.info("oneDNN computes with {}", passes.kernels());
    }
    return loss;
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
