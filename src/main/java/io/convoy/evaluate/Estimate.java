package io.convoy.evaluate;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A figure of a sample of photos, and the interval that holds the figure of all photos of the kind
 * in 95 of 100 such samples.
 *
 * @param value of the sample
 * @param low the interval's lower end
 * @param high the interval's upper end, not below the lower one
 */
public record Estimate(double value, double low, double high) {
  /** The level of every interval. */
  static final double CONFIDENCE = 0.95;

  /** The standard normal quantile of a two-sided interval of that level, 1.96. */
  static final double Z =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);

  /** Whether the interval holds a value, its ends included. */
  public boolean includes(double other) {
    return low <= other && other <= high;
  }

  /** The estimate of a difference the other way round. */
  public Estimate negated() {
    return new Estimate(-value, -high, -low);
  }

  /** The same with the ends moved into a range. */
  Estimate within(double least, double most) {
    return new Estimate(value, Math.max(least, low), Math.min(most, high));
  }
}
