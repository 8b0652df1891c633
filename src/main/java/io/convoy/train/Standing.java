package io.convoy.train;

/**
 * How far the training of a network has come, between two averaging rounds. With the seed it is all
 * that the order of the images and the dropout depend on: there is no other random state.
 *
 * @param epoch that is to go on, from 1
 * @param minibatches of it that are trained, of all workers
 * @param iterations since the start, of the worker with the most: what Adam's bias correction reads
 * @param lossSum over the images of this epoch that are trained
 */
public record Standing(int epoch, int minibatches, int iterations, double lossSum) {
  static final Standing START = new Standing(1, 0, 0, 0);

  /** After an averaging round. */
  Standing after(int trained, int longest, double loss) {
    return new Standing(epoch, minibatches + trained, iterations + longest, lossSum + loss);
  }

  /** The epoch of the last round, or the first. */
  int lastEpoch() {
    return minibatches > 0 ? epoch : Math.max(1, epoch - 1);
  }

  Standing nextEpoch() {
    return new Standing(epoch + 1, 0, iterations, 0);
  }
}
