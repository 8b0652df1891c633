package io.convoy.model;

import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shapes and sizes of a network, found without making it.
 *
 * @param layers the hidden layers, then the output layer
 */
public record NetworkSummary(List<LayerSummary> layers) {
  private static final int CHANNELS = 3;

  /** Copies the list. */
  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /**
   * Follows an image, 3 x height x width, through the layers.
   *
   * @param height height of the images in pixels
   * @param width width of the images in pixels
   * @throws UserException when a kernel is larger than what arrives at its layer
   */
  public static NetworkSummary of(Architecture architecture, int height, int width) {
    List<LayerSummary> layers = new ArrayList<>();
    Shape shape = new Shape(CHANNELS, height, width);
    for (Layer layer : architecture.layers()) {
      Optional<Window> window = Window.of(layer);
      if (window.isPresent() && !window.get().fits(shape)) {
        throw new UserException(
            "Architecture %s does not fit images of %d x %d: its layer %d (%s) has a kernel of %d x "
                + "%d, but only %d x %d arrives there (height x width): use larger images, or fewer "
                + "or smaller kernels and strides.",
            architecture.name(),
            height,
            width,
            layers.size() + 1,
            kind(layer),
            window.get().kernelHeight(),
            window.get().kernelWidth(),
            shape.height(),
            shape.width());
      }
      LayerSummary summary = summary(layer, shape);
      layers.add(summary);
      shape = summary.output();
    }
    layers.add(dense("output", shape, 1));
    return new NetworkSummary(layers);
  }

  /** Number of weights and biases of the whole network. */
  public long parameters() {
    return layers.stream().mapToLong(LayerSummary::parameters).sum();
  }

  private static LayerSummary summary(Layer layer, Shape input) {
    String kind = kind(layer);
    if (layer instanceof Layer.Convolution conv) {
      Shape output = Window.of(layer).orElseThrow().output(input, conv.filters());
      long weights =
          (long) conv.filters() * input.channels() * conv.kernelHeight() * conv.kernelWidth();
      return new LayerSummary(kind, output, weights + conv.filters());
    }
    if (layer instanceof Layer.Dense dense) {
      return dense(kind, input, dense.units());
    }
    Shape output =
        Window.of(layer).map(window -> window.output(input, input.channels())).orElse(input);
    return new LayerSummary(kind, output, 0);
  }

  private static LayerSummary dense(String kind, Shape input, int units) {
    return new LayerSummary(kind, Shape.vector(units), input.size() * units + units);
  }

  /** The layer's key in the conf. */
  private static String kind(Layer layer) {
    if (layer instanceof Layer.Convolution) {
      return "conv";
    }
    if (layer instanceof Layer.Pooling) {
      return "pool";
    }
    return layer instanceof Layer.Dense ? "dense" : "dropout";
  }
}
