package io.convoy.bench;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The machine's own rate: a large product of float32 matrices, by ND4J (OpenBLAS). */
final class MatrixProduct {
  private static final int SIDE = 3072;

  private final INDArray left = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
  private final INDArray right = Nd4j.rand(DataType.FLOAT, SIDE, SIDE);
  private final INDArray product = Nd4j.createUninitialized(DataType.FLOAT, SIDE, SIDE);

  /** Floating-point operations of {@link #compute}. */
  static double work() {
    return 2.0 * SIDE * SIDE * SIDE;
  }

  void compute() {
    left.mmuli(right, product);
  }
}
