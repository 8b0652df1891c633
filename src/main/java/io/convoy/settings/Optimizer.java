package io.convoy.settings;

import java.io.Serializable;

/** The update rule of gradient descent. */
public sealed interface Optimizer extends Serializable {
  /** Size of a step, above 0. */
  double learningRate();

  /** Adam (Kingma and Ba 2015); both betas 0 to 1 (exclusive), epsilon above 0. */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {}

  /** Nesterov's accelerated gradient; momentum 0 to 1 (exclusive). */
  record Nesterov(double learningRate, double momentum) implements Optimizer {}

  /** Plain stochastic gradient descent. */
  record Sgd(double learningRate) implements Optimizer {}
}
