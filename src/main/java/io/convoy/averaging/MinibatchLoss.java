package io.convoy.averaging;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What one minibatch of a round cost, and what was applied to it.
 *
 * @param worker from 0
 * @param step from 0, within the worker's round
 * @param examples of the minibatch
 * @param loss mean over its examples, before the update
 * @param applied by its step
 */
record MinibatchLoss(int worker, int step, int examples, double loss, Applied applied)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The order that does not depend on which worker was first. */
  static final Comparator<MinibatchLoss> ORDER =
      Comparator.comparingInt(MinibatchLoss::worker).thenComparingInt(MinibatchLoss::step);
}
