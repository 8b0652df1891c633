package io.convoy.network;

import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The shapes and sizes of a network, found without making it.
 *
 * @param layers the hidden layers, those of a residual one each by itself, then the output layer
 */
public record NetworkSummary(List<LayerSummary> layers) {
  /**
   * A layer as it works on images of a given size.
   *
   * @param kind the layer's key in the conf, or output
   * @param output what it gives for one image
   * @param parameters number of its weights and biases
   */
  public record LayerSummary(String kind, Shape output, long parameters) {}

  /** Copies the list. */
  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /**
   * Follows an image, 3 x height x width, through the layers.
   *
   * @param classes of the images, at least 2
   * @param height height of the images in pixels
   * @param width width of the images in pixels
   * @throws UserException when a kernel is larger than what arrives at its layer, or the
   *     architecture begins with a saved network
   */
  public static NetworkSummary of(Architecture architecture, int classes, int height, int width) {
    architecture
        .base()
        .pretrained()
        .ifPresent(
            base -> {
              throw new UserException(
                  "architectures.%s begins with %s (base), and can be trained, not measured before:"
                      + " leave it out with --architectures.",
                  architecture.name(), base.file());
            });
    List<LayerSummary> layers = new ArrayList<>();
    Shape image = new Shape(Rgb.CHANNELS, height, width);
    Shape end =
        new Walk(architecture.name(), image, layers).follow("", architecture.layers(), image);
    layers.add(
        summary("output", List.of(NetworkBuilder.output(architecture.loss(), classes)), end));
    return new NetworkSummary(layers);
  }

  /**
   * Makes sure that the layers of an architecture, which are not its first, take what arrives.
   *
   * @throws UserException if they do not
   */
  static void requireFit(Architecture architecture, Shape arriving, int height, int width) {
    new Walk(architecture.name(), new Shape(Rgb.CHANNELS, height, width), new ArrayList<>())
        .follow("", architecture.layers(), arriving);
  }

  /** Number of weights and biases of the whole network, with the statistics it keeps. */
  public long parameters() {
    return layers.stream().mapToLong(LayerSummary::parameters).sum();
  }

  /** What a layer gives for an input that it fits. */
  static Shape output(Layer layer, Shape input) {
    if (layer instanceof Layer.Residual residual) {
      Shape shape = input;
      for (Layer each : residual.branch()) {
        shape = output(each, shape);
      }
      return shape;
    }
    return summary(layer, input).output();
  }

  /**
   * The way of an image through an architecture.
   *
   * @param layers receives what is passed
   */
  private record Walk(String architecture, Shape image, List<LayerSummary> layers) {

    /**
     * Follows it through some layers.
     *
     * @param prefix of their places
     */
    Shape follow(String prefix, List<Layer> chain, Shape input) {
      Shape shape = input;
      for (int i = 0; i < chain.size(); i++) {
        String place = prefix + (i + 1);
        Layer layer = chain.get(i);
        if (layer instanceof Layer.Residual residual) {
          shape = follow(place, residual, shape);
        } else {
          requireFit(place, layer, shape);
          LayerSummary summary = summary(layer, shape);
          layers.add(summary);
          shape = summary.output();
        }
      }
      return shape;
    }

    private Shape follow(String place, Layer.Residual residual, Shape input) {
      Shape output = follow(place + ".", residual.branch(), input);
      List<Layer> shortcut =
          GraphChain.shortcut(residual, input, output)
              .orElseThrow(
                  () ->
                      new UserException(
                          "Architecture %s does not fit images of %d x %d: in its layer %s (residual)"
                              + " %s arrives and the branch gives %s, which no stride makes equal: use"
                              + " padding = same in the branch.",
                          architecture, image.height(), image.width(), place, input, output));
      follow(place + ".shortcut.", shortcut, input);
      return output;
    }

    private void requireFit(String place, Layer layer, Shape shape) {
      if (layer instanceof Layer.GroupedConvolution conv && shape.channels() % conv.groups() != 0) {
        throw new UserException(
            "Architecture %s: %,d channels arrive at its layer %s (%s), which are no %,d groups of one"
                + " size: give groups that divide them.",
            architecture, shape.channels(), place, layer.key(), conv.groups());
      }
      if (layer instanceof Layer.LayerNormalization && shape.channels() == 1) {
        throw new UserException(
            "Architecture %s: one channel arrives at its layer %s (%s), which normalises channels by one"
                + " another and would leave 0: use batch-norm there.",
            architecture, place, layer.key());
      }
      if (layer instanceof Layer.Sliding window
          && window.padding() == Padding.NONE
          && (window.kernelHeight() > shape.height() || window.kernelWidth() > shape.width())) {
        throw new UserException(
            "Architecture %s does not fit images of %d x %d: its layer %s (%s) has a kernel of %d x "
                + "%d, but only %d x %d arrives there (height x width): use larger images, or fewer "
                + "or smaller kernels and strides.",
            architecture,
            image.height(),
            image.width(),
            place,
            layer.key(),
            window.kernelHeight(),
            window.kernelWidth(),
            shape.height(),
            shape.width());
      }
    }
  }

  private static LayerSummary summary(Layer layer, Shape input) {
    if (layer instanceof Layer.GroupedConvolution conv) {
      LayerSummary apart = summary(layer.key(), List.of(Dl4jLayers.apart(conv)), input);
      Shape maps = apart.output();
      return new LayerSummary(
          apart.kind(),
          new Shape(conv.filters(), maps.height(), maps.width()),
          apart.parameters() + input.channels() / conv.groups());
    }
    return summary(layer.key(), chain(layer, input), input);
  }

  /** Layers that together have its parameters, and give maps of the size of its own. */
  private static List<org.deeplearning4j.nn.conf.layers.Layer> chain(Layer layer, Shape input) {
    if (layer instanceof Layer.SqueezeExcitation squeeze) {
      return Dl4jLayers.factors(squeeze, input);
    }
    if (layer instanceof Layer.LayerNormalization norm) {
      return Stream.of(
              LayerNormalization.means(input.channels()),
              Dl4jLayers.scaling(norm, input.channels()))
          .flatMap(List::stream)
          .toList();
    }
    return Dl4jLayers.of(layer);
  }

  /** What DL4J's layers, one behind the other, make of an input that they fit. */
  private static LayerSummary summary(
      String kind, List<org.deeplearning4j.nn.conf.layers.Layer> layers, Shape input) {
    InputType type = InputType.convolutional(input.height(), input.width(), input.channels());
    long parameters = 0;
    for (org.deeplearning4j.nn.conf.layers.Layer layer : layers) {
      InputPreProcessor before = layer.getPreProcessorForInputType(type);
      InputType arriving = before == null ? type : before.getOutputType(type);
      layer.setNIn(arriving, true);
      parameters += layer.initializer().numParams(layer);
      type = layer.getOutputType(0, arriving);
    }
    return new LayerSummary(kind, Shape.of(type), parameters);
  }
}
