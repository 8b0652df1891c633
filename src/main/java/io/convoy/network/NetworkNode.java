package io.convoy.network;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * A part of a network: a layer, or where there is none a vertex of DL4J's graphs without
 * parameters.
 *
 * @param name DL4J's
 * @param inputs the parts that it reads, by their places; {@link #IMAGE} is the network's input
 * @param configuration of the layer
 * @param vertex what is done where there is no layer
 * @param before what is done to the layer's input
 */
public record NetworkNode(
    String name,
    List<Integer> inputs,
    Optional<NeuralNetConfiguration> configuration,
    Optional<GraphVertex> vertex,
    Optional<InputPreProcessor> before) {

  /** That a layer gives for an image: a gigabyte. */
  private static final int MOST_NUMBERS = 1 << 28;

  /** The place of the network's input. */
  public static final int IMAGE = -1;

  /** The layer; of a frozen one what is in it. */
  public Optional<Layer> layer() {
    return configuration.map(NeuralNetConfiguration::getLayer).map(NetworkNode::inside);
  }

  private static Layer inside(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return inside(frozen.getLayer());
    }
    return layer instanceof FrozenLayerWithBackprop frozen ? inside(frozen.getUnderlying()) : layer;
  }

  /** Whether training leaves its parameters alone, and it computes as in prediction. */
  public boolean isFrozen() {
    return stopsGradient()
        || configuration.map(NeuralNetConfiguration::getLayer).orElse(null)
            instanceof FrozenLayerWithBackprop;
  }

  /** Whether it is frozen and lets no gradient through to what it reads. */
  public boolean stopsGradient() {
    return configuration.map(NeuralNetConfiguration::getLayer).orElse(null) instanceof FrozenLayer;
  }

  /** Lets training change its parameters, but for those that are constants of what it computes. */
  void thaw() {
    configuration.ifPresent(
        of ->
            of.setLayer(
                of.getLayer() instanceof FrozenLayer frozen ? frozen.getLayer() : of.getLayer()));
  }

  /** How many parameters it has. */
  public long parameters() {
    return configuration.map(conf -> conf.getLayer().initializer().numParams(conf)).orElse(0L);
  }

  /** Whether it computes the same as another, whatever trains them. */
  boolean computesAs(NetworkNode other) {
    return inputs.equals(other.inputs)
        && vertex.equals(other.vertex)
        && isFrozen() == other.isFrozen()
        && untrained().equals(other.untrained());
  }

  /** A copy of the layer without optimizers, decays and limits of the gradient. */
  private Optional<Layer> untrained() {
    Optional<Layer> layer = layer().map(Layer::clone);
    layer.ifPresent(
        each -> {
          if (each instanceof BaseLayer trained) {
            trained.setIUpdater(null);
            trained.setBiasUpdater(null);
            trained.setRegularization(null);
            trained.setRegularizationBias(null);
            trained.setGradientNormalization(GradientNormalization.None);
            trained.setGradientNormalizationThreshold(0);
          }
        });
    return layer;
  }

  /** Whether it is made for such inputs; what has no parameters is for any. */
  boolean takes(List<InputType> arriving) {
    return parameters() == 0
        || !(layer().orElse(null) instanceof FeedForwardLayer made)
        || isFlattened(arriving.get(0)) && made.getNIn() == inputs(input(arriving.get(0)));
  }

  /** DL4J's flattening is made for one height and width. */
  private boolean isFlattened(InputType arriving) {
    return !(before.orElse(null) instanceof CnnToFeedForwardPreProcessor flattening)
        || !(arriving instanceof InputType.InputTypeConvolutional maps)
        || flattening.getInputHeight() == maps.getHeight()
            && flattening.getInputWidth() == maps.getWidth();
  }

  /** What it gives for such inputs. */
  public InputType output(List<InputType> arriving) {
    return layer()
        .map(made -> made.getOutputType(0, input(arriving.get(0))))
        .orElseGet(() -> output(vertex.orElseThrow(), arriving));
  }

  /**
   * DL4J (1.0.0-M2) counts the channels of a part of feature maps from the wrong end, and gives a
   * number below 1 (SubsetVertex.getOutputType).
   */
  private static InputType output(GraphVertex vertex, List<InputType> arriving) {
    return vertex instanceof SubsetVertex part
            && arriving.get(0) instanceof InputType.InputTypeConvolutional maps
            && part.getTo() < maps.getChannels()
        ? InputType.convolutional(
            maps.getHeight(), maps.getWidth(), part.getTo() - part.getFrom() + 1)
        : vertex.getOutputType(0, arriving.toArray(InputType[]::new));
  }

  /** Whether there is anything of it, and not more than memory could hold. */
  static boolean canBe(InputType output) {
    double numbers =
        output instanceof InputType.InputTypeConvolutional maps
            ? (double) maps.getChannels() * maps.getHeight() * maps.getWidth()
            : output.arrayElementsPerExample();
    boolean isEmpty =
        output instanceof InputType.InputTypeConvolutional maps
            && (maps.getHeight() < 1 || maps.getWidth() < 1);
    return !isEmpty && numbers >= 1 && numbers <= MOST_NUMBERS;
  }

  private InputType input(InputType arriving) {
    return before.map(between -> between.getOutputType(arriving)).orElse(arriving);
  }

  private static long inputs(InputType input) {
    return input instanceof InputType.InputTypeConvolutional maps
        ? maps.getChannels()
        : input.arrayElementsPerExample();
  }
}
