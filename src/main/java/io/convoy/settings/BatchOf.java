package io.convoy.settings;

/** Whose minibatch an architecture's batch is the size of. */
public enum BatchOf {
  /** Each worker's: more workers take fewer steps an epoch, each over more images. */
  WORKER,
  /**
   * The minibatch of all workers together: more workers take as many steps an epoch as one alone.
   */
  ALL_WORKERS;

  /**
   * Images a minibatch of each worker.
   *
   * @param batch of the architecture, at least 1
   * @param workers at least 1
   * @return at least 1; what cannot be shared evenly is rounded up
   */
  public int perWorker(int batch, int workers) {
    return switch (this) {
      case WORKER -> batch;
      case ALL_WORKERS -> (batch + workers - 1) / workers;
    };
  }
}
