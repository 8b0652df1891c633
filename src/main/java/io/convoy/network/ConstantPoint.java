package io.convoy.network;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.weights.WeightInitConstant;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A convolution of 1 x 1 without biases whose weights are all the same and stay so: sums of
 * channels, times a number.
 *
 * @param from channels that arrive
 * @param to channels that it gives, all alike
 * @param weight the number
 */
record ConstantPoint(long from, long to, double weight) {

  Layer layer() {
    return new FrozenLayerWithBackprop(
        new ConvolutionLayer.Builder(1, 1)
            .nIn(from)
            .nOut(to)
            .hasBias(false)
            .updater(new NoOp())
            .convolutionMode(ConvolutionMode.Truncate)
            .weightInit(new WeightInitConstant(weight))
            .activation(Activation.IDENTITY)
            .build());
  }

  /** Whether a part is such. Weights that never change are the first ones. */
  boolean is(NetworkNode part) {
    return part.layer().orElse(null) instanceof ConvolutionLayer convolution
        && part.isFrozen()
        && isPoint(convolution)
        && !convolution.hasBias()
        && convolution.getNIn() == from
        && convolution.getNOut() == to
        && convolution.getWeightInitFn().equals(new WeightInitConstant(weight));
  }

  /** Whether a convolution takes each position by itself, and does no more. */
  static boolean isPoint(ConvolutionLayer convolution) {
    return isAll(1, convolution.getKernelSize())
        && isAll(1, convolution.getStride())
        && isAll(0, convolution.getPadding())
        && convolution.getActivationFn() instanceof ActivationIdentity
        && convolution.getIDropout() == null
        && convolution.getCnn2dDataFormat() == CNN2DFormat.NCHW;
  }

  private static boolean isAll(int expected, int[] numbers) {
    return IntStream.of(numbers).allMatch(number -> number == expected);
  }
}
