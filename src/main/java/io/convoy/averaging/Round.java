package io.convoy.averaging;

/**
 * An averaging round that is done.
 *
 * @param epoch from 1
 * @param round from 1, within the epoch
 * @param minibatches of the worker with the most
 * @param workers that trained in it
 * @param examples of all of them
 * @param loss mean over the examples, each before its minibatch's update
 * @param seconds of training, sending and averaging
 * @param broadcastBytes to each executor
 * @param averagedBytes from all workers
 * @param updateNorm Euclidean distance of the workers' mean from the parameters before the round
 * @param spread root mean square distance of the workers from their mean, weighted by their
 *     examples, relative to {@code updateNorm}: 0 where they agree, above 1 where they moved
 *     further apart than together; NaN where nothing moved
 */
public record Round(
    int epoch,
    int round,
    int minibatches,
    int workers,
    int examples,
    double loss,
    double seconds,
    long broadcastBytes,
    long averagedBytes,
    double updateNorm,
    double spread) {

  /**
   * What a round did to the parameters that are learned.
   *
   * @param updateNorm as in the round
   * @param spread as in the round
   */
  public record Movement(double updateNorm, double spread) {}
}
