package io.convoy.train;

import io.convoy.averaging.Applied;

/**
 * How far the training of a network has come, between two averaging rounds. With the seed it is all
 * that the order of the images and the dropout depend on: there is no other random state.
 *
 * @param epoch that is to go on, from 1
 * @param minibatches of it that are trained, of all workers
 * @param iterations since the start, of the worker with the most: what Adam's bias correction reads
 * @param lossSum over the images of this epoch that are trained
 * @param applied to them
 */
public record TrainingState(
    int epoch, int minibatches, int iterations, double lossSum, Applied applied) {
  static final TrainingState START = before(1, 0);

  /** Of an older convoy's checkpoint it is not known what was applied. */
  public TrainingState {
    applied = applied == null ? Applied.NOTHING : applied;
  }

  /**
   * Before an epoch.
   *
   * @param epoch from 1
   * @param iterations since the start
   */
  public static TrainingState before(int epoch, int iterations) {
    return new TrainingState(epoch, 0, iterations, 0, Applied.NOTHING);
  }

  /** After an averaging round. */
  TrainingState after(int trained, int longest, double loss, Applied steps) {
    return new TrainingState(
        epoch, minibatches + trained, iterations + longest, lossSum + loss, applied.then(steps));
  }

  /**
   * The state in minibatches of another size, rounded down: up to one of them is trained again.
   *
   * @param before images a minibatch until now
   * @param now images a minibatch from now on
   */
  public TrainingState inMinibatchesOf(int before, int now) {
    if (before == now || minibatches == 0) {
      return this;
    }
    long images = (long) minibatches * before;
    int whole = (int) (images / now);
    // The loss of the images that are trained again counts once.
    double counted = (double) whole * now / images;
    return new TrainingState(epoch, whole, iterations, lossSum * counted, applied);
  }

  /** The epoch of the last round, or the first. */
  int lastEpoch() {
    return minibatches > 0 ? epoch : Math.max(1, epoch - 1);
  }

  TrainingState nextEpoch() {
    return before(epoch + 1, iterations);
  }
}
