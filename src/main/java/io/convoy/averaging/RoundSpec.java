package io.convoy.averaging;

import java.util.List;

/**
 * What a round is to be, beyond the minibatches that DL4J hands on.
 *
 * @param rate of learning in it
 * @param exchange of the workers at its end
 * @param extent of the averaging then
 * @param next the minibatches of the round after it in the epoch, of each worker; none after the
 *     last
 */
record RoundSpec(
    RoundLearningRate rate, Exchange exchange, Extent extent, List<List<String>> next) {
  /** Copies the list. */
  RoundSpec {
    next = List.copyOf(next);
  }

  RoundSpec with(Extent other) {
    return new RoundSpec(rate, exchange, other, next);
  }
}
