package io.convoy.averaging;

import java.util.List;

/**
 * What a round is to be, beyond the minibatches that DL4J hands on.
 *
 * @param rate of learning in it
 * @param exchange of the workers at its end
 * @param extent of the averaging then
 * @param paths its minibatches, of each worker
 * @param next the minibatches of the round after it in the epoch, of each worker; none after the
 *     last
 */
record RoundSpec(
    RoundLearningRate rate,
    Exchange exchange,
    Extent extent,
    List<List<String>> paths,
    List<List<String>> next) {
  /** Copies the lists. */
  RoundSpec {
    paths = List.copyOf(paths);
    next = List.copyOf(next);
  }

  RoundSpec with(Extent other) {
    return new RoundSpec(rate, exchange, other, paths, next);
  }

  /** The minibatches of a worker in the round after it. */
  List<String> next(int worker) {
    return worker < next.size() ? next.get(worker) : List.of();
  }
}
