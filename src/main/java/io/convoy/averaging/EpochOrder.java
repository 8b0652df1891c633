package io.convoy.averaging;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * The order in which an epoch visits the examples: whoever has these three numbers has it.
 *
 * @param examples of the training split
 * @param seed of the run
 * @param epoch from 1
 */
record EpochOrder(int examples, long seed, int epoch) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The positions of the examples in the split, in this order: Fisher and Yates' shuffle. */
  int[] positions() {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
    int[] order = new int[examples];
    for (int i = 0; i < examples; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
