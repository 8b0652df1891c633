package io.convoy.averaging;

import java.util.List;

/**
 * What the workers of a round have done.
 *
 * @param lossSum over the examples, each before its minibatch's update
 * @param applied to them
 * @param movement of the parameters
 */
public record Outcome(double lossSum, Applied applied, Round.Movement movement) {

  /**
   * Adds up minibatches.
   *
   * @param minibatches of all workers, in an order that is always the same
   */
  static Outcome of(List<MinibatchLoss> minibatches, Round.Movement movement) {
    double sum = 0;
    for (MinibatchLoss minibatch : minibatches) {
      sum += minibatch.loss() * minibatch.examples();
    }
    return new Outcome(
        sum,
        minibatches.stream().map(MinibatchLoss::applied).reduce(Applied.NOTHING, Applied::then),
        movement);
  }
}
