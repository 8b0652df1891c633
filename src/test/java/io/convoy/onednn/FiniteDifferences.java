package io.convoy.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares gradients with differences of the loss. */
final class FiniteDifferences {
  private FiniteDifferences() {}

  /** Asserts that the loss rises along the gradient as the gradient says. */
  static void assertIsSlope(INDArray parameters, INDArray gradient, DoubleSupplier compute) {
    compute.getAsDouble();
    INDArray direction = gradient.dup();
    double expected = direction.mul(direction).sumNumber().doubleValue();
    double step = 0.01 / Math.sqrt(expected);
    INDArray start = parameters.dup();
    parameters.assign(start.add(direction.mul(step)));
    double up = compute.getAsDouble();
    parameters.assign(start.sub(direction.mul(step)));
    double down = compute.getAsDouble();
    assertEquals(expected, (up - down) / (2 * step), 0.01 * expected);
  }
}
