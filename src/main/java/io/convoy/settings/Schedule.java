package io.convoy.settings;

import java.io.Serializable;

/**
 * How the learning rate goes over the epochs, as a factor of the optimizer's.
 *
 * <p>While warming up (Goyal et al. 2017) the factor rises in a line from 0 to what the schedule
 * has at the end of the warm-up.
 */
public sealed interface Schedule extends Serializable {
  /** Epochs of warming up, at least 0; parts of an epoch count. */
  double warmUpEpochs();

  /** Stays as it is. */
  record Constant(double warmUpEpochs) implements Schedule {}

  /**
   * Falls in steps.
   *
   * @param everyEpochs between two steps, at least 1
   * @param factor of each step, above 0 and up to 1
   */
  record Step(double warmUpEpochs, int everyEpochs, double factor) implements Schedule {}

  /**
   * Falls along half a cosine from the end of the warm-up to the end of training (Loshchilov and
   * Hutter 2017, without restarts).
   *
   * @param end the factor at the end of training, 0 to 1
   */
  record Cosine(double warmUpEpochs, double end) implements Schedule {}
}
