package io.convoy.network;

import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shapes and sizes of a network, found without making it.
 *
 * @param layers the hidden layers, those of a residual one each by itself, then the output layer
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
   * @throws UserException when a kernel is larger than what arrives at its layer, or the
   *     architecture begins with a saved network
   */
  public static NetworkSummary of(Architecture architecture, int height, int width) {
    architecture
        .base()
        .saved()
        .ifPresent(
            base -> {
              throw new UserException(
                  "architectures.%s begins with %s (base), and can be trained, not measured before:"
                      + " leave it out with --architectures.",
                  architecture.name(), base.model());
            });
    List<LayerSummary> layers = new ArrayList<>();
    Shape image = new Shape(CHANNELS, height, width);
    Shape end =
        new Walk(architecture.name(), image, layers).follow("", architecture.layers(), image);
    layers.add(LayerSummary.dense("output", end, 1));
    return new NetworkSummary(layers);
  }

  /**
   * Makes sure that the layers of an architecture, which are not its first, take what arrives.
   *
   * @throws UserException if they do not
   */
  static void requireFit(Architecture architecture, Shape arriving, int height, int width) {
    new Walk(architecture.name(), new Shape(CHANNELS, height, width), new ArrayList<>())
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
    return LayerSummary.of(layer, input).output();
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
          LayerSummary summary = LayerSummary.of(layer, shape);
          layers.add(summary);
          shape = summary.output();
        }
      }
      return shape;
    }

    private Shape follow(String place, Layer.Residual residual, Shape input) {
      Shape output = follow(place + ".", residual.branch(), input);
      Shortcut shortcut =
          Shortcut.of(residual, input, output)
              .orElseThrow(
                  () ->
                      new UserException(
                          "Architecture %s does not fit images of %d x %d: in its layer %s (residual)"
                              + " %s arrives and the branch gives %s, which no stride makes equal: use"
                              + " padding = same in the branch.",
                          architecture, image.height(), image.width(), place, input, output));
      follow(place + ".shortcut.", shortcut.layers(), input);
      return output;
    }

    private void requireFit(String place, Layer layer, Shape shape) {
      Optional<Window> window = Window.of(layer);
      if (window.isPresent() && !window.get().fits(shape)) {
        throw new UserException(
            "Architecture %s does not fit images of %d x %d: its layer %s (%s) has a kernel of %d x "
                + "%d, but only %d x %d arrives there (height x width): use larger images, or fewer "
                + "or smaller kernels and strides.",
            architecture,
            image.height(),
            image.width(),
            place,
            layer.key(),
            window.get().kernelHeight(),
            window.get().kernelWidth(),
            shape.height(),
            shape.width());
      }
    }
  }
}
