package io.convoy.bench;

import io.convoy.network.NetworkSummary;
import io.convoy.network.NetworkSummary.LayerSummary;
import java.util.List;

/**
 * Floating-point operations that an image costs: two for each weight and place where it is used.
 * Activations, pooling, loss and optimizer are left out.
 *
 * @param forward of the forward pass
 * @param training of forward and backward pass; the gradient by the pixels is not computed
 */
record Work(double forward, double training) {

  static Work of(NetworkSummary network) {
    List<Double> layers = network.layers().stream().map(Work::forward).toList();
    double forward = layers.stream().mapToDouble(Double::doubleValue).sum();
    double first = layers.stream().filter(work -> work > 0).findFirst().orElseThrow();
    return new Work(forward, 3 * forward - first);
  }

  private static double forward(LayerSummary layer) {
    long weights = Math.max(0, layer.parameters() - layer.output().channels());
    return 2.0 * weights * layer.output().height() * layer.output().width();
  }
}
