package io.convoy.train;

import java.io.Serializable;

/**
 * How the workers train.
 *
 * @param workers that train beside one another
 * @param threads of native arithmetic a worker has
 * @param batch examples a minibatch
 * @param averagingFrequency minibatches a worker trains between two averagings
 * @param averageUpdaterState whether the optimizer's state is averaged as the parameters are; where
 *     not, every round begins with the driver's first, empty state
 * @param seed of the run
 */
public record WorkerPlan(
    int workers,
    int threads,
    int batch,
    int averagingFrequency,
    boolean averageUpdaterState,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The same for a training split: one worker alone, which has nothing to average, goes through.
   */
  WorkerPlan settled(int examples) {
    int minibatches = (examples + batch - 1) / batch;
    return new WorkerPlan(
        workers,
        threads,
        batch,
        workers == 1 ? minibatches : averagingFrequency,
        averageUpdaterState,
        seed);
  }
}
