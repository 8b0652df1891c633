package io.convoy.averaging;

/**
 * Goes from the parameters before a round to those after it by Nesterov's momentum, taking what the
 * workers changed for a gradient:
 *
 * <pre>
 *   delta     = before - mean
 *   velocity  = momentum * velocity + delta
 *   parameter = before - learning rate * (delta + momentum * velocity)
 * </pre>
 *
 * <p>This is the form of PyTorch's SGD with {@code nesterov=True}, in which the velocity has no
 * learning rate in it, as DiLoCo uses it (Douillard et al. 2023, arXiv:2311.08105). SlowMo (Wang et
 * al. 2020, arXiv:1910.00643) steps along the velocity itself. With momentum 0 and learning rate 1
 * the step ends at the mean, but for rounding.
 *
 * @param momentum 0 to below 1
 * @param learningRate above 0
 */
public record OuterStep(double momentum, double learningRate) {

  /**
   * Takes the step, each number by itself, in float64 between float32 numbers.
   *
   * @param before parameters that the round began with, float32 [n]
   * @param parameters float32 [n]; the mean of the workers' on entry, those to go on with on return
   * @param velocity float32 [n], changed; 0 before the first round
   * @param length how many of the numbers, from the first
   */
  public void apply(float[] before, float[] parameters, float[] velocity, int length) {
    for (int i = 0; i < length; i++) {
      double delta = (double) before[i] - parameters[i];
      velocity[i] = (float) (momentum * velocity[i] + delta);
      parameters[i] = (float) (before[i] - learningRate * (delta + momentum * velocity[i]));
    }
  }
}
