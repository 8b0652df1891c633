package io.convoy.plan;

/**
 * What an epoch consists of.
 *
 * @param images of the training split
 * @param batch images a minibatch
 */
public record Workload(int images, int batch) {

  int minibatches() {
    return (images + batch - 1) / batch;
  }

  /** Minibatches in an epoch of the worker that has most of them. */
  public int minibatchesOfAWorker(int workers) {
    return (minibatches() + workers - 1) / workers;
  }

  /** Averaging rounds in an epoch; one worker alone goes through. */
  public int rounds(int workers, int frequency) {
    return workers == 1 ? 1 : (minibatches() + workers * frequency - 1) / (workers * frequency);
  }

  /** Steps after one another in an epoch: every round ends with its longest worker. */
  int steps(int workers, int frequency) {
    if (workers == 1) {
      return minibatches();
    }
    int full = minibatches() / (workers * frequency);
    int rest = minibatches() % (workers * frequency);
    return full * frequency + (rest + workers - 1) / workers;
  }
}
