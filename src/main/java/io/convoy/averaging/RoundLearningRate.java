package io.convoy.averaging;

import io.convoy.optimizer.LearningRate;
import java.io.Serializable;
import java.util.List;

/**
 * The learning rate in one averaging round. Its workers train beside one another: each goes, in as
 * many steps as it has, through the whole stretch of the training that the round is. A step's rate
 * is that of its middle.
 *
 * @param rate over the training
 * @param epochs that are done
 * @param minibatches of an epoch, of all workers
 * @param done of them before the round
 * @param steps of each worker in the round
 */
public record RoundLearningRate(
    LearningRate rate, int epochs, int minibatches, int done, List<Integer> steps)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public RoundLearningRate {
    steps = List.copyOf(steps);
  }

  /**
   * What the optimizer's learning rate is multiplied by.
   *
   * @param worker from 0
   * @param step from 0, of that worker in the round
   */
  double factor(int worker, int step) {
    int round = steps.stream().mapToInt(Integer::intValue).sum();
    double within = (step + 0.5) * round / steps.get(worker);
    return rate.factor(epochs + (done + within) / minibatches);
  }
}
