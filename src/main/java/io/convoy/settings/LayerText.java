package io.convoy.settings;

import java.util.Locale;

/** What the layers' blocks and words have in common. */
final class LayerText {
  private LayerText() {}

  static String hocon(Activation activation) {
    return ", activation = " + Entry.word(activation);
  }

  static String words(Activation activation) {
    return activation == Activation.IDENTITY ? "" : ", " + words((Enum<?>) activation);
  }

  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String sides(Layer.Sliding layer) {
    return "kernel = [%s, %s], stride = [%s, %s]"
        .formatted(
            layer.kernelHeight(), layer.kernelWidth(), layer.strideHeight(), layer.strideWidth());
  }

  static String area(int height, int width) {
    return height + " \u00d7 " + width;
  }

  static String stride(Layer.Sliding layer) {
    return ", stride " + area(layer.strideHeight(), layer.strideWidth());
  }

  /** The kernel, and the stride where it is not a pixel. */
  static String window(Layer.Sliding layer) {
    boolean isByPixel = layer.strideHeight() == 1 && layer.strideWidth() == 1;
    return area(layer.kernelHeight(), layer.kernelWidth()) + (isByPixel ? "" : stride(layer));
  }

  static String words(Padding padding) {
    return padding == Padding.NONE ? "" : ", zero padding";
  }

  static String words(String name, Layer.Convolving layer) {
    return "%s, %s filters of %s%s%s"
        .formatted(
            name,
            count(layer.filters()),
            window(layer),
            words(layer.padding()),
            words(layer.activation()));
  }

  static String hocon(String key, Layer.Convolving layer) {
    return "%s = %s, %s, padding = %s%s"
        .formatted(
            key,
            layer.filters(),
            sides(layer),
            Entry.word(layer.padding()),
            hocon(layer.activation()));
  }
}
