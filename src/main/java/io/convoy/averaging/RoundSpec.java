package io.convoy.averaging;

import java.util.List;

/**
 * What a round is to be, beyond the minibatches that DL4J hands on.
 *
 * @param rate of learning in it
 * @param extent of the averaging at its end
 * @param next the minibatches of the round after it in the epoch, of each worker; none after the
 *     last
 */
record RoundSpec(RoundLearningRate rate, Extent extent, List<List<String>> next) {
  /** Copies the list. */
  RoundSpec {
    next = List.copyOf(next);
  }
}
