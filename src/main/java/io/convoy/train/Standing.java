package io.convoy.train;

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
public record Standing(
    int epoch, int minibatches, int iterations, double lossSum, Applied applied) {
  static final Standing START = before(1, 0);

  /** Of an older convoy's checkpoint it is not known what was applied. */
  public Standing {
    applied = applied == null ? Applied.NOTHING : applied;
  }

  /**
   * Before an epoch.
   *
   * @param epoch from 1
   * @param iterations since the start
   */
  public static Standing before(int epoch, int iterations) {
    return new Standing(epoch, 0, iterations, 0, Applied.NOTHING);
  }

  /** After an averaging round. */
  Standing after(int trained, int longest, double loss, Applied steps) {
    return new Standing(
        epoch, minibatches + trained, iterations + longest, lossSum + loss, applied.then(steps));
  }

  /** The epoch of the last round, or the first. */
  int lastEpoch() {
    return minibatches > 0 ? epoch : Math.max(1, epoch - 1);
  }

  Standing nextEpoch() {
    return before(epoch + 1, iterations);
  }
}
