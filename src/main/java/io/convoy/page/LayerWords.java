package io.convoy.page;

import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Layer;
import io.convoy.settings.Layer.BatchNormalization;
import io.convoy.settings.Layer.Convolution;
import io.convoy.settings.Layer.Convolving;
import io.convoy.settings.Layer.Dense;
import io.convoy.settings.Layer.Dropout;
import io.convoy.settings.Layer.GlobalPooling;
import io.convoy.settings.Layer.Pooling;
import io.convoy.settings.Layer.Residual;
import io.convoy.settings.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The layers of a network in words, from the image to the output. */
final class LayerWords {
  private LayerWords() {}

  static List<String> of(Architecture architecture) {
    List<String> words = new ArrayList<>();
    if (architecture.base() instanceof Base.Saved base) {
      words.add(
          "%s, kept up to %s, frozen up to %s".formatted(base.model(), base.keep(), base.freeze()));
    }
    architecture.layers().forEach(layer -> words.add(words(layer)));
    words.add("output: 1 unit, sigmoid");
    return words;
  }

  private static String words(Layer layer) {
    if (layer instanceof Convolving convolution) {
      return convolution(convolution);
    }
    if (layer instanceof Pooling pool) {
      return "%s pooling %s%s"
          .formatted(
              word(pool.kind()),
              area(pool.kernelHeight(), pool.kernelWidth()),
              pool.strideHeight() == pool.kernelHeight() && pool.strideWidth() == pool.kernelWidth()
                  ? ""
                  : ", stride " + area(pool.strideHeight(), pool.strideWidth()));
    }
    if (layer instanceof GlobalPooling pool) {
      return "global %s pooling".formatted(word(pool.kind()));
    }
    if (layer instanceof Dense dense) {
      return "dense, %s units%s"
          .formatted(Figures.whole(dense.units()), activation(dense.activation()));
    }
    if (layer instanceof BatchNormalization norm) {
      return "batch normalisation, momentum %s%s"
          .formatted(norm.momentum(), activation(norm.activation()));
    }
    if (layer instanceof Residual residual) {
      return "residual (%s)%s"
          .formatted(
              residual.branch().stream().map(LayerWords::words).collect(Collectors.joining("; ")),
              activation(residual.activation()));
    }
    return "dropout %s".formatted(((Dropout) layer).rate());
  }

  private static String convolution(Convolving layer) {
    return "%sconvolution, %s filters of %s%s%s%s"
        .formatted(
            layer instanceof Convolution ? "" : "separable ",
            Figures.whole(layer.filters()),
            area(layer.kernelHeight(), layer.kernelWidth()),
            layer.strideHeight() == 1 && layer.strideWidth() == 1
                ? ""
                : ", stride " + area(layer.strideHeight(), layer.strideWidth()),
            layer.padding() == Padding.NONE ? "" : ", zero padding",
            activation(layer.activation()));
  }

  private static String area(int height, int width) {
    return height + " \u00d7 " + width;
  }

  private static String activation(Activation activation) {
    return activation == Activation.IDENTITY ? "" : ", " + word(activation);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
