package io.convoy.onednn;

import io.convoy.model.Shape;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** A layer of the network, with its sizes and the place of its parameters. */
sealed interface LayerPlan {
  /** What it gives for one image. */
  Shape output();

  /**
   * Numbers among all parameters of the network.
   *
   * @param offset of the first
   * @param length how many
   */
  record Parameters(long offset, long length) {
    long end() {
      return offset + length;
    }
  }

  /**
   * A window that moves over the input, sizes in pixels.
   *
   * @param kernel height, width
   * @param stride height, width
   * @param before zeros above and left of the input
   * @param after zeros below and right of it
   */
  record Window(long[] kernel, long[] stride, long[] before, long[] after) {}

  /**
   * @param weights [output channels, input channels, height, width]
   * @param bias [output channels]
   */
  record Convolution(
      Shape input,
      Shape output,
      Window window,
      Nonlinearity nonlinearity,
      Parameters weights,
      Parameters bias)
      implements LayerPlan {}

  /**
   * @param kind max or average
   */
  record Pooling(Shape input, Shape output, Window window, algorithm kind) implements LayerPlan {}

  /**
   * @param weights [outputs, inputs], which is DL4J's [inputs, outputs] column by column
   * @param bias [outputs]
   */
  record Dense(
      Shape input, Shape output, Nonlinearity nonlinearity, Parameters weights, Parameters bias)
      implements LayerPlan {}

  /**
   * @param keep the probability that a value is kept, and then divided by it
   */
  record Dropout(Shape output, double keep) implements LayerPlan {}
}
