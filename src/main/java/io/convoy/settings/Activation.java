package io.convoy.settings;

/** Activation function of a hidden layer. */
public enum Activation {
  RELU,
  TANH,
  SIGMOID,
  /** Slope 0.01 below 0. */
  LEAKY_RELU,
  /** Alpha 1. */
  ELU,
  /** x times the sigmoid of x, also called SiLU (Ramachandran et al. 2017). */
  SWISH,
  /**
   * x times the sigmoid of 1.702 x: the second approximation in Hendrycks and Gimpel 2016,
   * "Gaussian Error Linear Units", which is DL4J's.
   */
  GELU,
  /** The value as it is. */
  IDENTITY
}
