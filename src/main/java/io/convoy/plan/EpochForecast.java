package io.convoy.plan;

/**
 * What an epoch is predicted to take.
 *
 * @param frequency minibatches of a worker between two averagings
 * @param rounds of averaging
 * @param training seconds in training steps
 * @param averaging seconds in averaging rounds
 */
public record EpochForecast(int frequency, int rounds, double training, double averaging) {

  /** All of it. */
  public double seconds() {
    return training + averaging;
  }

  /**
   * All of an epoch of smaller images.
   *
   * @param time of training, as a share of that of whole images
   */
  public double seconds(double time) {
    return training * time + averaging;
  }

  /** The share of the epoch, 0 to 1, that is lost to averaging. */
  public double lost() {
    return averaging / seconds();
  }
}
