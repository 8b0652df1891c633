package io.convoy.network;

import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.List;

/** Architectures for the tests. */
final class Networks {
  private Networks() {}

  static Architecture of(Layer... layers) {
    return of(Loss.CROSS_ENTROPY, new Optimizer.Adam(1e-2, 0.9, 0.999, 1e-8), layers);
  }

  static Architecture of(Loss loss, Optimizer optimizer, Layer... layers) {
    return new Architecture("net", List.of(layers), loss, optimizer, 4, 1);
  }

  static Layer conv(int filters, int kernel) {
    return conv(filters, kernel, 1, Padding.NONE);
  }

  static Layer conv(int filters, int kernel, int stride, Padding padding) {
    return new Layer.Convolution(filters, kernel, kernel, stride, stride, padding, Activation.RELU);
  }

  static Layer pool(int kernelHeight, int kernelWidth) {
    return new Layer.Pooling(PoolingKind.MAX, kernelHeight, kernelWidth, kernelHeight, kernelWidth);
  }

  static Layer dense(int units) {
    return new Layer.Dense(units, Activation.RELU);
  }
}
