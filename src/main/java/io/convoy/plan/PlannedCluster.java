package io.convoy.plan;

/**
 * The executors to plan for, one worker on each with all of its cores.
 *
 * @param executors at least 1
 * @param cores of each, at least 1
 * @param gigabits a second that a machine sends, and as many that it receives at the same time
 */
public record PlannedCluster(int executors, int cores, double gigabits) {
  private static final double BYTES_A_SECOND = 1e9 / 8;

  /** One of the executors by itself. */
  PlannedCluster alone() {
    return new PlannedCluster(1, cores, gigabits);
  }

  /** Tasks that run at the same time. */
  int slots() {
    return executors * cores;
  }

  /** Seconds that bytes take into or out of one machine. */
  double transfer(double bytes) {
    return bytes / (gigabits * BYTES_A_SECOND);
  }
}
