package io.convoy.plan;

/**
 * How long a training step takes, in seconds, as measured.
 *
 * @param single on one thread, with nothing beside it
 * @param all on all threads of the machine
 * @param threads how many those are, at least 2
 * @param crowding how many times as long a step takes beside those of the other executors that such
 *     a machine has room for, at least 1
 */
public record StepTime(double single, double all, int threads, double crowding) {

  /**
   * The share of a step, 0 to 1, that more threads make shorter, by Amdahl's law from the two
   * measured times.
   */
  public double parallelShare() {
    double share = (1 - all / single) / (1 - 1.0 / threads);
    return Math.max(0, Math.min(1, share));
  }

  /** On an executor of the cluster. */
  double seconds(PlannedCluster cluster) {
    double serial = 1 - parallelShare();
    double alone = single * (serial + parallelShare() / cluster.cores());
    return cluster.executors() == 1 ? alone : alone * crowding;
  }
}
