package io.convoy.onednn;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * An activation function. But for two, each never falls, and has a derivative that follows from its
 * value alone: that is why a max pooling may go before the derivative.
 */
enum Nonlinearity {
  IDENTITY(null, null, 0, 0),
  RELU(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, 0, 0),
  RELU6(algorithm.eltwise_clip_v2, algorithm.eltwise_clip_v2_use_dst_for_bwd, 0, 6),
  LEAKY_RELU(
      algorithm.eltwise_relu,
      algorithm.eltwise_relu_use_dst_for_bwd,
      (float) ActivationLReLU.DEFAULT_ALPHA,
      0),
  TANH(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0),
  SIGMOID(algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0),
  ELU(
      algorithm.eltwise_elu,
      algorithm.eltwise_elu_use_dst_for_bwd,
      (float) ActivationELU.DEFAULT_ALPHA,
      0),
  SWISH(algorithm.eltwise_swish, algorithm.eltwise_swish, 1, 0),
  /** DL4J's, which its functions have as a number: x times the sigmoid of 1.702 x. */
  GELU(algorithm.eltwise_swish, algorithm.eltwise_swish, 1.702f, 0);

  private static final Map<IActivation, Nonlinearity> OF_DL4J =
      Map.of(
          new ActivationIdentity(), IDENTITY,
          new ActivationReLU(), RELU,
          new ActivationReLU6(), RELU6,
          new ActivationLReLU(), LEAKY_RELU,
          new ActivationTanH(), TANH,
          new ActivationSigmoid(), SIGMOID,
          new ActivationELU(), ELU,
          new ActivationSwish(), SWISH,
          new ActivationGELU(), GELU);

  /** Null for the identity, which computes nothing. */
  final algorithm value;

  /** The derivative, from the value where it can be had of that. */
  final algorithm derivative;

  final float alpha;

  /** oneDNN's second number. */
  final float beta;

  Nonlinearity(algorithm value, algorithm derivative, float alpha, float beta) {
    this.value = value;
    this.derivative = derivative;
    this.alpha = alpha;
    this.beta = beta;
  }

  /** Whether the derivative follows from the value, which then is all that is kept. */
  boolean isKnownByValue() {
    return this == IDENTITY || value != derivative;
  }

  /** DL4J's function of the same values; empty where there is none. */
  static Optional<Nonlinearity> of(IActivation activation) {
    return Optional.ofNullable(OF_DL4J.get(activation));
  }
}
