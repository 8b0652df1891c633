package io.convoy.network;

import io.convoy.failure.UserException;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Makes DL4J's configuration of an architecture.
 *
 * <p>Input: {@code [batch, 3, height, width]}, float32. Output: of two classes {@code [batch, 1]},
 * the probability of the last, by a sigmoid; of more {@code [batch, classes]}, the probability of
 * each, by a softmax. Weights begin as Glorot's uniform distribution (Glorot and Bengio 2010),
 * biases as 0: what Keras does by default, and so what the tutorial's networks began with.
 */
public final class NetworkBuilder {
  private NetworkBuilder() {}

  /**
   * The network's configuration, complete with the sizes of all layers.
   *
   * @param classes of the images, at least 2
   * @param height height of the images in pixels
   * @param width width of the images in pixels
   * @param seed decides the initial weights and the dropout
   * @throws UserException when a kernel is larger than what arrives at its layer, or layers do not
   *     take the sizes of images that the recipe has
   */
  public static NetworkConfiguration configuration(
      Architecture architecture, int classes, int height, int width, long seed) {
    NetworkSummary summary = NetworkSummary.of(architecture, classes, height, width);
    requireResizable(architecture, summary, classes, new ImageSize(height, width));
    NeuralNetConfiguration.Builder network =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(Updaters.of(architecture.optimizer()));
    OutputLayer output = output(architecture.loss(), classes);
    NetworkConfiguration configuration =
        architecture.layers().stream().anyMatch(GraphChain::isGraph)
            ? graph(network, architecture.layers(), output, height, width)
            : layers(network, architecture.layers(), output, height, width);
    regularize(configuration, architecture.recipe());
    return configuration;
  }

  /** A dense layer behind maps has weights for each of their pixels. */
  private static void requireResizable(
      Architecture architecture, NetworkSummary whole, int classes, ImageSize size) {
    ImageSize first = size.times(architecture.recipe().resizing().from());
    NetworkSummary small = NetworkSummary.of(architecture, classes, first.height(), first.width());
    if (small.parameters() != whole.parameters()) {
      throw new UserException(
          "architectures.%s.progressive-resizing begins with images of %d x %d, for which its layers do"
              + " not have the same weights as for %d x %d: put a global-pool before the first dense"
              + " layer, or begin with larger ones.",
          architecture.name(), first.height(), first.width(), size.height(), size.width());
    }
  }

  /** The output layer: one sigmoid unit for two classes, and a softmax of a unit each for more. */
  static OutputLayer output(Loss loss, int classes) {
    return new OutputLayer.Builder(loss(loss, classes))
        .nOut(outputs(classes))
        .activation(
            classes == 2
                ? org.nd4j.linalg.activations.Activation.SIGMOID
                : org.nd4j.linalg.activations.Activation.SOFTMAX)
        .build();
  }

  /** How many numbers a network gives for an image: one for two classes, else one a class. */
  public static int outputs(int classes) {
    return classes == 2 ? 1 : classes;
  }

  /**
   * Lets the weights that are trained decay, and limits their gradients; see {@code Recipe}.
   *
   * <p>Not by the builder's {@code weightDecay}: DL4J (1.0.0-M2) enters that twice into each layer,
   * and then applies it twice.
   */
  static void regularize(NetworkConfiguration network, Recipe recipe) {
    List<NetworkNode> nodes = network.nodes();
    Set<Integer> scales =
        LayerNormalization.of(nodes).stream()
            .map(LayerNormalization::last)
            .collect(Collectors.toSet());
    for (int place = 0; place < nodes.size(); place++) {
      NetworkNode node = nodes.get(place);
      if (!node.isFrozen()
          && !scales.contains(place)
          && node.layer().orElse(null) instanceof BaseLayer layer
          && !(layer instanceof BatchNormalization)) {
        if (recipe.weightDecay() > 0) {
          layer.setRegularization(
              new ArrayList<>(List.of(new WeightDecay(recipe.weightDecay(), true))));
        }
        if (recipe.gradientClipping() > 0) {
          layer.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
          layer.setGradientNormalizationThreshold(recipe.gradientClipping());
        }
      }
    }
  }

  private static NetworkConfiguration layers(
      NeuralNetConfiguration.Builder network,
      List<Layer> hidden,
      OutputLayer output,
      int height,
      int width) {
    NeuralNetConfiguration.ListBuilder layers = network.list();
    hidden.stream().flatMap(layer -> Dl4jLayers.of(layer).stream()).forEach(layers::layer);
    return new LayersConfiguration(layers.layer(output).setInputType(image(height, width)).build());
  }

  private static NetworkConfiguration graph(
      NeuralNetConfiguration.Builder network,
      List<Layer> hidden,
      OutputLayer output,
      int height,
      int width) {
    GraphChain chain =
        new GraphChain(network.graphBuilder(), new Shape(Rgb.CHANNELS, height, width));
    hidden.forEach(chain::add);
    return new GraphConfiguration(chain.build(output, image(height, width)));
  }

  private static InputType image(int height, int width) {
    return InputType.convolutional(height, width, Rgb.CHANNELS);
  }

  private static ILossFunction loss(Loss loss, int classes) {
    return switch (loss) {
      case MSE -> new LossMSE();
      case CROSS_ENTROPY -> classes == 2 ? new LossBinaryXENT() : new LossMCXENT();
    };
  }
}
