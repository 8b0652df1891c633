package io.convoy.averaging;

import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import java.io.Serializable;

/**
 * How the workers train.
 *
 * @param workers that train beside one another
 * @param threads of native arithmetic a worker has
 * @param precision of their passes
 * @param batch examples a minibatch of a worker
 * @param batchOf whether that is a share of a minibatch of all workers
 * @param averagingFrequency minibatches a worker trains between two averagings
 * @param updaterState when the optimizer's state is averaged
 * @param checkpointRounds averaging rounds between two checkpoints within an epoch; 0 for none
 * @param seed of the run
 */
public record WorkerPlan(
    int workers,
    int threads,
    Precision precision,
    int batch,
    BatchOf batchOf,
    AveragingFrequency averagingFrequency,
    UpdaterState updaterState,
    int checkpointRounds,
    long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * In float32, with minibatches of each worker, and the same averaging frequency in every epoch.
   */
  public WorkerPlan(
      int workers,
      int threads,
      int batch,
      int averagingFrequency,
      int checkpointRounds,
      long seed) {
    this(
        workers,
        threads,
        Precision.FLOAT32,
        batch,
        BatchOf.WORKER,
        AveragingFrequency.always(averagingFrequency),
        UpdaterState.KEPT,
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
      return with(frequency, checkpointRounds);
    }
    int minibatches = (examples + batch - 1) / batch;
    int round =
        checkpointRounds == 0
            ? minibatches
            : (int) Math.min(minibatches, (long) frequency * checkpointRounds);
    return with(round, Math.min(checkpointRounds, 1));
  }

  private WorkerPlan with(int frequency, int newCheckpointRounds) {
    return with(AveragingFrequency.always(frequency), newCheckpointRounds);
  }

  private WorkerPlan with(AveragingFrequency frequency, int newCheckpointRounds) {
    return new WorkerPlan(
        workers,
        threads,
        precision,
        batch,
        batchOf,
        frequency,
        updaterState,
        newCheckpointRounds,
        seed);
  }

  /** This plan with another averaging frequency. */
  public WorkerPlan averagedEvery(AveragingFrequency frequency) {
    return with(frequency, checkpointRounds);
  }

  /** Minibatches of all workers together between two averagings. */
  public long perRound(int epoch) {
    return (long) workers * averagingFrequency.minibatches(epoch);
  }

  /** Examples of a minibatch that all workers share. */
  int shared() {
    return workers * batch;
  }

  /** Whether there is a checkpoint after so many rounds of an epoch. */
  public boolean isCheckpoint(int rounds) {
    return checkpointRounds > 0 && rounds % checkpointRounds == 0;
  }
}
