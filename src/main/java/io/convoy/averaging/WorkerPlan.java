package io.convoy.averaging;

import io.convoy.settings.AveragingFrequency;
import java.io.Serializable;

/**
 * How the workers train.
 *
 * @param workers that train beside one another
 * @param threads of native arithmetic a worker has
 * @param batch examples a minibatch
 * @param averagingFrequency minibatches a worker trains between two averagings
 * @param averageUpdaterState whether the optimizer's state is averaged as the parameters are; where
 *     not, every worker begins each round with an empty one
 * @param checkpointRounds averaging rounds between two checkpoints within an epoch; 0 for none
 * @param seed of the run
 */
public record WorkerPlan(
    int workers,
    int threads,
    int batch,
    AveragingFrequency averagingFrequency,
    boolean averageUpdaterState,
    int checkpointRounds,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** With the same averaging frequency in every epoch. */
  public WorkerPlan(
      int workers,
      int threads,
      int batch,
      int averagingFrequency,
      boolean averageUpdaterState,
      int checkpointRounds,
      long seed) {
    this(
        workers,
        threads,
        batch,
        AveragingFrequency.always(averagingFrequency),
        averageUpdaterState,
        checkpointRounds,
        seed);
  }

  /**
   * The plan for a training split and an epoch: one worker alone, which has nothing to average,
   * goes through, or to the next checkpoint.
   */
  public WorkerPlan settled(int examples, int epoch) {
    int frequency = averagingFrequency.minibatches(epoch);
    if (workers > 1) {
      return new WorkerPlan(
          workers, threads, batch, frequency, averageUpdaterState, checkpointRounds, seed);
    }
    int minibatches = (examples + batch - 1) / batch;
    int round =
        checkpointRounds == 0
            ? minibatches
            : (int) Math.min(minibatches, (long) frequency * checkpointRounds);
    return new WorkerPlan(
        1, threads, batch, round, averageUpdaterState, Math.min(checkpointRounds, 1), seed);
  }

  /** Minibatches of all workers together between two averagings. */
  public long perRound(int epoch) {
    return (long) workers * averagingFrequency.minibatches(epoch);
  }

  /** Whether there is a checkpoint after so many rounds of an epoch. */
  public boolean isCheckpoint(int rounds) {
    return checkpointRounds > 0 && rounds % checkpointRounds == 0;
  }
}
