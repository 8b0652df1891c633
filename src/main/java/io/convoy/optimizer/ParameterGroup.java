package io.convoy.optimizer;

/**
 * Parameters in a row that are updated alike.
 *
 * @param first the place of the first among all parameters
 * @param length how many
 * @param state the place of the first's first number of state
 * @param stride from a number of state to the next one of the same parameter
 * @param rule how they are updated
 * @param decay the share of a parameter that each step takes off, times the learning rate
 *     (Loshchilov and Hutter 2019); 0 for none
 */
public record ParameterGroup(
    int first, int length, int state, int stride, Rule rule, double decay) {

  /** How parameters are updated. */
  public enum Rule {
    /** By the optimizer. */
    STEP,
    /** The gradient is what is to be taken off, as of running statistics. */
    SUBTRACT
  }
}
