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
 * threads that still wait for more of the work before fall asleep. A work's first time, in which
 * memory is taken and code compiled, is no turn unless it is so long that this is a small part.
 *
 * @param repeats how many turns there are; up to thrice as many while they are short
 * @param clock measures the turns
 */
record Stopwatch(int repeats, Clock clock) {
  private static final double TURN_SECONDS = 0.5;
  private static final double LONG_SECONDS = 4;
  private static final double ENOUGH_SECONDS = 6;
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

  /** What is timed, how often in a turn, and the seconds of its turns so far. */
  private record Timed(Runnable work, int times, List<Double> turns) {}

  /**
   * Times works.
   *
   * @return seconds a time of each work, medians over the turns
   */
  double[] medians(Runnable... works) {
    double start = clock.seconds();
    List<Timed> all = Arrays.stream(works).map(this::begun).toList();
    for (int turn = 0;
        turn < repeats || turn < MOST * repeats && clock.seconds() - start < ENOUGH_SECONDS;
        turn++) {
      for (int i = 0; i < works.length; i++) {
        Timed timed = all.get((turn + i) % works.length);
        if (timed.turns().size() <= turn) {
          timed.turns().add(turn(timed));
        }
      }
    }
    return all.stream()
        .mapToDouble(timed -> median(timed.turns().stream().mapToDouble(Double::doubleValue)))
        .toArray();
  }

  static double median(DoubleStream values) {
    return StatUtils.percentile(values.toArray(), 50);
  }

  private Timed begun(Runnable work) {
    double first = seconds(work, 1);
    double usual = first < TURN_SECONDS ? seconds(work, 1) : first;
    int times = (int) Math.max(1, Math.ceil(TURN_SECONDS / Math.max(usual, 1e-6)));
    return new Timed(
        work, times, new ArrayList<>(first < LONG_SECONDS ? List.of() : List.of(first)));
  }

  private double turn(Timed timed) {
    clock.pause();
    if (timed.times() > 1) {
      // Brings its own data into the processor's cache.
      timed.work().run();
    }
    return seconds(timed.work(), timed.times()) / timed.times();
  }

  private double seconds(Runnable work, int times) {
    double start = clock.seconds();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return clock.seconds() - start;
  }
}
