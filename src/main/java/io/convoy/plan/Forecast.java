package io.convoy.plan;

import java.util.stream.IntStream;

/**
 * Predicts one architecture's epochs.
 *
 * @param architecture its name
 * @param shared epochs of a worker of the cluster, its step as measured
 * @param alone those of one executor by itself; the same where its minibatches are no larger
 * @param round as measured
 */
public record Forecast(String architecture, EpochSteps shared, EpochSteps alone, RoundTime round) {
  private static final int[] FREQUENCIES = {
    1, 2, 5, 10, 16, 20, 32, 50, 100, 200, 500, 1000, 2000, 5000, 10_000
  };

  /** The most that averaging may take of an epoch. */
  static final double MOST_LOST = 0.1;

  /** The least speed-up for which a cluster pays. */
  static final double LEAST_SPEED_UP = 1.2;

  /** An epoch on the cluster with so many minibatches of a worker between two averagings. */
  public EpochForecast epoch(PlannedCluster cluster, int frequency) {
    return epoch(shared, cluster, frequency);
  }

  private EpochForecast epoch(EpochSteps steps, PlannedCluster cluster, int frequency) {
    int workers = cluster.executors();
    int rounds = steps.workload().rounds(workers, frequency);
    return new EpochForecast(
        frequency,
        rounds,
        steps.workload().steps(workers, frequency) * steps.time().seconds(cluster),
        (rounds - 1) * round.seconds(cluster, frequency) + round.lastSeconds(cluster));
  }

  /** An epoch on one executor by itself. */
  public EpochForecast epochAlone(PlannedCluster cluster, int frequency) {
    return epoch(alone, cluster.alone(), frequency);
  }

  /** How many times as fast as one executor with as many cores. */
  public double speedUp(PlannedCluster cluster, int frequency) {
    return epochAlone(cluster, frequency).seconds() / epoch(cluster, frequency).seconds();
  }

  /**
   * The epoch with the most averagings that take at most a tenth of it, or with one averaging where
   * even that takes more. How accurate the network becomes is not considered.
   */
  public EpochForecast advised(PlannedCluster cluster) {
    int most = shared.workload().minibatchesOfAWorker(cluster.executors());
    return IntStream.of(FREQUENCIES)
        .filter(frequency -> frequency < most)
        .mapToObj(frequency -> epoch(cluster, frequency))
        .filter(epoch -> epoch.lost() <= MOST_LOST)
        .findFirst()
        .orElseGet(() -> epoch(cluster, most));
  }

  /** Whether the cluster is faster than one executor by so much that it pays. */
  public boolean pays(PlannedCluster cluster, int frequency) {
    return speedUp(cluster, frequency) >= LEAST_SPEED_UP;
  }
}
