package io.convoy.onnx;

import java.util.Arrays;

/**
 * The weights of a dense layer.
 *
 * @param rows of the outputs, [outputs, inputs]
 * @param bias of each output
 */
record DenseWeights(float[] rows, float[] bias) {
  /** How a file has them. */
  enum Layout {
    OUTPUTS_FIRST,
    INPUTS_FIRST
  }

  /**
   * Those of a node that multiplies a row of numbers.
   *
   * @param factor of the product, without the bias
   * @param bias of each output, or one number for all
   * @throws io.convoy.failure.UserException if they do not go with what arrives
   */
  static DenseWeights of(
      ForeignNode node,
      ForeignPart input,
      ForeignArgument weights,
      Layout layout,
      float factor,
      float[] bias) {
    long[] sizes = weights.sizes();
    int outputsSide = layout == Layout.OUTPUTS_FIRST ? 0 : 1;
    boolean fits =
        input.isVector() && sizes.length == 2 && sizes[1 - outputsSide] == input.shape().size();
    if (!fits) {
      throw node.refuse(
          "has weights %s, and %s arrives there of such an image; give images.height and images.width"
              + " that the network is made for, or keep what comes before it with base.keep.",
          Arrays.toString(sizes), input.shape());
    }
    int outputs = (int) sizes[outputsSide];
    if (bias.length != 1 && bias.length != outputs) {
      throw node.refuse(
          "has %d numbers as its bias, not %d; the file is damaged.", bias.length, outputs);
    }
    float[] numbers = scaled(weights.floats(), factor);
    return new DenseWeights(
        layout == Layout.OUTPUTS_FIRST ? numbers : transposed(numbers, (int) sizes[0]),
        bias.length == 1 ? repeated(bias[0], outputs) : bias);
  }

  static float[] scaled(float[] numbers, float factor) {
    for (int i = 0; i < numbers.length && factor != 1; i++) {
      numbers[i] *= factor;
    }
    return numbers;
  }

  private static float[] repeated(float number, int count) {
    float[] all = new float[count];
    Arrays.fill(all, number);
    return all;
  }

  /**
   * A matrix with its sides exchanged.
   *
   * @param matrix [rows, columns], row by row
   * @return [columns, rows], likewise
   */
  static float[] transposed(float[] matrix, int rows) {
    float[] transposed = new float[matrix.length];
    int columns = matrix.length / rows;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column];
      }
    }
    return transposed;
  }
}
