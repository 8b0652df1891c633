package io.convoy.network;

import io.convoy.settings.Layer;
import io.convoy.settings.Padding;
import java.util.Optional;

/** The window that a convolution or pooling moves over its input, sizes in pixels. */
record Window(
    int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, Padding padding) {

  /** The layer's window; none for layers that have no kernel. */
  static Optional<Window> of(Layer layer) {
    return layer instanceof Layer.Sliding sliding ? Optional.of(of(sliding)) : Optional.empty();
  }

  /** The layer's window. */
  static Window of(Layer.Sliding layer) {
    return new Window(
        layer.kernelHeight(),
        layer.kernelWidth(),
        layer.strideHeight(),
        layer.strideWidth(),
        layer.padding());
  }

  /** Whether the window has at least one place in the input. */
  boolean fits(Shape input) {
    return padding == Padding.SAME
        || (kernelHeight <= input.height() && kernelWidth <= input.width());
  }

  /** What the window gives for an input that it fits, by the formulas of Keras' valid and same. */
  Shape output(Shape input, int channels) {
    return new Shape(
        channels,
        places(input.height(), kernelHeight, strideHeight),
        places(input.width(), kernelWidth, strideWidth));
  }

  private int places(int side, int kernel, int stride) {
    return padding == Padding.SAME ? (side - 1) / stride + 1 : (side - kernel) / stride + 1;
  }
}
