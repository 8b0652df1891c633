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
 * @param checkpointRounds averaging rounds between two checkpoints within an epoch; 0 for none
 * @param seed of the run
 */
public record WorkerPlan(
    int workers,
    int threads,
    int batch,
    int averagingFrequency,
    boolean averageUpdaterState,
    int checkpointRounds,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The same for a training split: one worker alone, which has nothing to average, goes through, or
   * to the next checkpoint.
   */
  WorkerPlan settled(int examples) {
    if (workers > 1) {
      return this;
    }
    int minibatches = (examples + batch - 1) / batch;
    int round =
        checkpointRounds == 0
            ? minibatches
            : Math.multiplyExact(averagingFrequency, checkpointRounds);
    return new WorkerPlan(
        1, threads, batch, round, averageUpdaterState, Math.min(checkpointRounds, 1), seed);
  }

  /** Whether there is a checkpoint after so many rounds of an epoch. */
  boolean isCheckpoint(int rounds) {
    return checkpointRounds > 0 && rounds % checkpointRounds == 0;
  }
}
