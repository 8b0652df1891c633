package io.convoy.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Times what is to be compared by turns, so that a machine that is slower for a while is slower for
 * all of it. Each turn begins with another of the works, so that none is always the one behind the
 * same other. A turn of a work takes half a second at least, and comes after a pause, in which
 * threads that still wait for more of the work before fall asleep.
 *
 * @param repeats how many turns there are; up to thrice as many while they are short
 * @param clock measures the turns
 */
record Stopwatch(int repeats, Clock clock) {
  private static final double TURN_SECONDS = 0.5;
  private static final double ENOUGH_SECONDS = 8;
  private static final int MOST = 3;

  /** What time it is. */
  interface Clock {
    /** Seconds since whenever. */
    double seconds();

    /** Lets the machine come to rest. */
    void pause();
  }

  /** The machine's own clock. */
  static final class Real implements Clock {
    private static final long PAUSE_MILLIS = 200;

    @Override
    public double seconds() {
      return System.nanoTime() / 1e9;
    }

    @Override
    public void pause() {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Times works, each after one time that does not count.
   *
   * @return seconds a time of each work, medians over the turns
   */
  double[] medians(Runnable... works) {
    int[] times = Arrays.stream(works).mapToInt(this::timesATurn).toArray();
    List<double[]> turns = new ArrayList<>();
    double start = clock.seconds();
    while (turns.size() < repeats
        || turns.size() < MOST * repeats && clock.seconds() - start < ENOUGH_SECONDS) {
      turns.add(turn(works, times, turns.size()));
    }
    double[] medians = new double[works.length];
    Arrays.setAll(medians, work -> median(turns.stream().mapToDouble(turn -> turn[work])));
    return medians;
  }

  static double median(DoubleStream values) {
    return StatUtils.percentile(values.toArray(), 50);
  }

  private int timesATurn(Runnable work) {
    double first = seconds(work, 1);
    double usual = first < TURN_SECONDS ? seconds(work, 1) : first;
    return (int) Math.max(1, Math.ceil(TURN_SECONDS / Math.max(usual, 1e-6)));
  }

  private double[] turn(Runnable[] works, int[] times, int number) {
    double[] seconds = new double[works.length];
    for (int i = 0; i < works.length; i++) {
      int work = (number + i) % works.length;
      clock.pause();
      if (times[work] > 1) {
        // Brings its own data into the processor's cache.
        works[work].run();
      }
      seconds[work] = seconds(works[work], times[work]) / times[work];
    }
    return seconds;
  }

  private double seconds(Runnable work, int times) {
    double start = clock.seconds();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return clock.seconds() - start;
  }
}
