package io.convoy.evaluate;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/** A share of photos, as accuracy is one. */
public final class Proportion {
  private Proportion() {}

  /**
   * The share with Wilson's score interval (Wilson 1927), which stays within 0..1 and keeps its
   * level for few photos and for shares near 0 and 1 (Brown, Cai and DasGupta 2001).
   *
   * @param hits 0 to {@code trials}
   * @param trials at least 1
   */
  public static Estimate of(long hits, long trials) {
    ConfidenceInterval interval =
        new WilsonScoreInterval()
            .createInterval(Math.toIntExact(trials), Math.toIntExact(hits), Estimate.CONFIDENCE);
    // Rounding leaves ends such as -1e-17.
    return new Estimate((double) hits / trials, interval.getLowerBound(), interval.getUpperBound())
        .within(0, 1);
  }
}
