package io.convoy.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Times what is to be compared by turns, so that a machine that is slower for a while is slower for
 * both.
 *
 * @param repeats how often each is timed, after one time that does not count
 */
record Stopwatch(int repeats) {

  /** Seconds a time, medians. */
  record Seconds(double ours, double baseline) {}

  Seconds compare(Runnable ours, Runnable baseline) {
    ours.run();
    baseline.run();
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      first.add(seconds(ours));
      second.add(seconds(baseline));
    }
    return new Seconds(median(first), median(second));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    return StatUtils.percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 50);
  }
}
