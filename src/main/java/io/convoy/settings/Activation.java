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
  /** The value as it is. */
  IDENTITY
}
