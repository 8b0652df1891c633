package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers of a network whose gradients its configuration limits, as DL4J's own updater does. */
record GradientClipping(List<Limited> layers) {

  /**
   * A layer.
   *
   * @param gradient by all its parameters, a part of the network's
   * @param norm the largest that it may have
   */
  private record Limited(INDArray gradient, double norm) {}

  /** Those of a network, whose gradient has its array then. */
  static GradientClipping of(Network network) {
    return new GradientClipping(
        network.updater().getUpdaterBlocks().stream()
            .map(UpdaterBlock::getLayersAndVariablesInBlock)
            .flatMap(Collection::stream)
            .map(UpdaterBlock.ParamState::getLayer)
            .distinct()
            .filter(layer -> layer.getConfig() instanceof BaseLayer)
            .filter(layer -> normalization(layer) == GradientNormalization.ClipL2PerLayer)
            .map(layer -> new Limited(layer.getGradientsViewArray(), limit(layer)))
            .toList());
  }

  /** Whether a network has such layers. */
  static boolean isIn(NetworkConfiguration network) {
    return network.nodes().stream()
        .flatMap(node -> node.layer().stream())
        .anyMatch(
            layer ->
                layer instanceof BaseLayer limited
                    && limited.getGradientNormalization() == GradientNormalization.ClipL2PerLayer);
  }

  private static GradientNormalization normalization(Trainable layer) {
    return ((BaseLayer) layer.getConfig()).getGradientNormalization();
  }

  private static double limit(Trainable layer) {
    return ((BaseLayer) layer.getConfig()).getGradientNormalizationThreshold();
  }

  /** Shortens the gradients that are too long, in place. */
  void apply() {
    for (Limited layer : layers) {
      double norm = layer.gradient.norm2Number().doubleValue();
      if (norm > layer.norm) {
        layer.gradient.muli(layer.norm / norm);
      }
    }
  }
}
