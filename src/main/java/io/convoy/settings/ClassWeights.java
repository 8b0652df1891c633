package io.convoy.settings;

/** How much an example of a class counts in training's loss. */
public enum ClassWeights {
  /** 1, whatever its class. */
  NONE,
  /**
   * In inverse proportion to how many training examples its class has; over all training examples
   * the mean is 1.
   */
  BALANCED
}
