package io.convoy.plan;

import java.util.Collection;
import java.util.Comparator;
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
}
