package io.convoy.evaluate;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** The mean difference of two figures that each photo has, as of two networks' squared errors. */
final class PairedDifference {
  private PairedDifference() {}

  /**
   * The mean of {@code first[i] - second[i]}, with the interval of the paired t test (Student
   * 1908).
   *
   * @param first one figure a photo
   * @param second the other, of the same photos in the same order
   * @return null for fewer than two photos, whose spread is not known
   */
  static Estimate of(double[] first, double[] second) {
    int photos = first.length;
    if (photos < 2) {
      return null;
    }
    double[] differences =
        IntStream.range(0, photos).mapToDouble(i -> first[i] - second[i]).toArray();
    double mean = new Mean().evaluate(differences);
    double error = new StandardDeviation().evaluate(differences, mean) / Math.sqrt(photos);
    double quantile =
        new TDistribution(null, photos - 1.0)
            .inverseCumulativeProbability((1 + Estimate.CONFIDENCE) / 2);
    return new Estimate(mean, mean - quantile * error, mean + quantile * error);
  }
}
