package io.convoy.network;

import io.convoy.settings.Activation;
import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the input of a residual layer goes through before it is added to the branch's output.
 *
 * @param layers none where it fits as it is
 */
record Shortcut(List<Layer> layers) {

  /**
   * The one that makes the input fit.
   *
   * @return empty where none does
   */
  static Optional<Shortcut> of(Layer.Residual residual, Shape input, Shape output) {
    if (input.equals(output)) {
      return Optional.of(new Shortcut(List.of()));
    }
    List<Window> windows =
        residual.branch().stream().flatMap(layer -> Window.of(layer).stream()).toList();
    int high = windows.stream().mapToInt(Window::strideHeight).reduce(1, Math::multiplyExact);
    int wide = windows.stream().mapToInt(Window::strideWidth).reduce(1, Math::multiplyExact);
    List<Layer> layers = new ArrayList<>();
    Layer.Convolution projection =
        new Layer.Convolution(
            output.channels(), 1, 1, high, wide, Padding.SAME, Activation.IDENTITY);
    layers.add(projection);
    residual.branch().stream()
        .filter(Layer.BatchNormalization.class::isInstance)
        .map(Layer.BatchNormalization.class::cast)
        .findFirst()
        .map(norm -> new Layer.BatchNormalization(norm.momentum(), Activation.IDENTITY))
        .ifPresent(layers::add);
    return Window.of(projection).output(input, output.channels()).equals(output)
        ? Optional.of(new Shortcut(List.copyOf(layers)))
        : Optional.empty();
  }
}
