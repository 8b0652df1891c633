package io.convoy.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The metrics of a split's resamples (Efron and Tibshirani 1993). They are stratified: each has as
 * many photos of a class as the split, drawn with replacement. The same labels give the same
 * resamples, and a metric's difference between two networks has the spread of the differences in
 * each resample.
 */
final class Bootstrap {
  /** So many resamples of up to as many photos; of more photos fewer. */
  private static final int RESAMPLES = 10_000;

  private static final int FEWEST = 2_000;
  private static final int CHUNK = 125;
  private static final double PERCENT = 100;

  private final double[][] replicates;

  private Bootstrap(double[][] replicates) {
    this.replicates = replicates;
  }

  /**
   * Resamples a split.
   *
   * @param predictions at least one photo, and no NaN
   */
  static Bootstrap of(Predictions predictions) {
    return of(predictions, resamples(predictions.images()));
  }

  /**
   * Resamples a split.
   *
   * @param resamples how often
   */
  static Bootstrap of(Predictions predictions, int resamples) {
    ResampledScores scores = new ResampledScores(predictions, Strata.photos(predictions));
    Strata strata = new Strata(predictions);
    double[][] replicates = new double[Measure.values().length][resamples];
    IntStream.range(0, (resamples + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk ->
                scores.measure(
                    strata, chunk * CHUNK, Math.min(resamples, (chunk + 1) * CHUNK), replicates));
    return new Bootstrap(replicates);
  }

  private static int resamples(int images) {
    long affordable = (long) RESAMPLES * RESAMPLES / images;
    return (int) Math.max(FEWEST, Math.min(RESAMPLES, affordable));
  }

  /**
   * A metric with the interval between the percentiles of the resamples; that of the calibration
   * error is mirrored at its value (the basic interval), as a resample adds once more the noise by
   * which the error of the photos is too great.
   *
   * @param value of the photos themselves
   */
  Estimate estimate(Measure measure, double value) {
    Estimate percentiles = percentiles(value, of(measure));
    return measure.within(
        measure == Measure.ECE
            ? new Estimate(value, 2 * value - percentiles.high(), 2 * value - percentiles.low())
            : percentiles);
  }

  /** The difference of a metric from another network's on the same photos, in each resample. */
  double[] differences(Bootstrap other, Measure measure) {
    double[] own = of(measure);
    double[] others = other.of(measure);
    return IntStream.range(0, own.length).mapToDouble(i -> own[i] - others[i]).toArray();
  }

  private double[] of(Measure measure) {
    return replicates[measure.ordinal()];
  }

  /** A figure with the interval between the percentiles of its resamples. */
  static Estimate percentiles(double value, double[] resampled) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(sorted);
    double tail = PERCENT * (1 - Estimate.CONFIDENCE) / 2;
    return new Estimate(value, percentile.evaluate(tail), percentile.evaluate(PERCENT - tail));
  }

  /**
   * Twice the share of the resamples in which the difference has not the sign of most, two-sided;
   * one resample is added on either side (Davison and Hinkley 1997), so that it is never 0.
   */
  static double pValue(double[] differences) {
    long notAbove = Arrays.stream(differences).filter(d -> d <= 0).count();
    long notBelow = Arrays.stream(differences).filter(d -> d >= 0).count();
    return Math.min(1, 2.0 * (Math.min(notAbove, notBelow) + 1) / (differences.length + 1));
  }
}
