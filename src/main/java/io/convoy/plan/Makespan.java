package io.convoy.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * How long trainings take side by side, each on one executor, those that take longest first: at
 * most a third longer than in the best order (Graham 1969, Bounds on Multiprocessing Timing
 * Anomalies).
 *
 * @param executors at least 1
 */
public record Makespan(int executors) {
  /** A smaller gain is not worth it, as what it is reckoned from is measured for a moment. */
  private static final double WORTH_IT = 0.95;

  /**
   * The time until the last has ended.
   *
   * @param seconds of each training
   */
  public double of(Collection<Double> seconds) {
    PriorityQueue<Double> ends = new PriorityQueue<>();
    IntStream.range(0, executors).forEach(executor -> ends.add(0.0));
    seconds.stream()
        .sorted(Comparator.reverseOrder())
        .forEach(each -> ends.add(ends.remove() + each));
    return ends.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /**
   * How many trainings are better kept until all others have ended, and then trained one after the
   * other by all executors together, than one by each while the rest of them is idle.
   *
   * @param alone seconds of each on one executor, falling
   * @param together seconds of each on all executors, in the same order
   * @return how many of the last of them; 0 where that does not pay
   */
  public int sharedAtTheEnd(List<Double> alone, List<Double> together) {
    double least = WORTH_IT * of(alone);
    int best = 0;
    for (int shared = 1; shared < Math.min(executors, alone.size()); shared++) {
      int first = alone.size() - shared;
      double all =
          of(alone.subList(0, first))
              + together.subList(first, together.size()).stream()
                  .mapToDouble(Double::doubleValue)
                  .sum();
      if (all < least) {
        least = all;
        best = shared;
      }
    }
    return best;
  }

  /** Whether executors that together are as fast as by themselves would gain anything. */
  public boolean leavesExecutorsIdle(Collection<Double> seconds) {
    double busy = seconds.stream().mapToDouble(Double::doubleValue).sum() / executors;
    return busy < WORTH_IT * of(seconds);
  }
}
