package io.convoy.evaluate;

import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * The area under the ROC curve of a split, in which tied probabilities count half: the share of
 * pairs of a positive and a negative image in which the positive one has the higher probability
 * (Hanley and McNeil 1982).
 */
final class AreaUnderCurve {
  /** Images of a class, below which DeLong's interval misses the area too often. */
  private static final int FEW = 20;

  /** More than enough halvings of 0..1 for float64. */
  private static final int HALVINGS = 60;

  private final double[] positives;
  private final double[] negatives;
  private final double[] ranksOfPositives;
  private final double[] ranksOfNegatives;

  /**
   * @param predictions with both classes, and without NaN
   */
  AreaUnderCurve(BinaryPredictions predictions) {
    double[] probabilities = predictions.probabilitiesAsDoubles();
    // Not DL4J's exact ROC (1.0.0-M2): it takes tied probabilities one by one, so that a constant
    // answer scores 0 or 1 by the order of the images, not 0.5.
    double[] ranks = ranks(probabilities);
    int[] positive = predictions.indices().filter(i -> predictions.labels()[i] == 1).toArray();
    int[] negative = predictions.indices().filter(i -> predictions.labels()[i] == 0).toArray();
    this.positives = at(positive, probabilities);
    this.negatives = at(negative, probabilities);
    this.ranksOfPositives = at(positive, ranks);
    this.ranksOfNegatives = at(negative, ranks);
  }

  private static double[] ranks(double[] values) {
    return new NaturalRanking(TiesStrategy.AVERAGE).rank(values);
  }

  private static double[] at(int[] indices, double[] values) {
    return IntStream.of(indices).mapToDouble(i -> values[i]).toArray();
  }

  /** The area, 0..1. */
  double value() {
    double m = positives.length;
    double n = negatives.length;
    double rankSum =
        IntStream.range(0, positives.length).mapToDouble(i -> ranksOfPositives[i]).sum();
    return (rankSum - m * (m + 1) / 2) / (m * n);
  }

  /**
   * The area with its interval: DeLong's, or Newcombe's where a class has fewer than {@value #FEW}
   * images, for which DeLong's is too narrow, or where DeLong's variance is 0, as for classes that
   * are wholly apart and for one answer to all images.
   */
  Estimate estimate() {
    boolean few = Math.min(positives.length, negatives.length) < FEW;
    return few || variance() == 0 ? newcombe() : deLong();
  }

  /** By DeLong, DeLong and Clarke-Pearson 1988 (Biometrics 44:837). */
  Estimate deLong() {
    double area = value();
    double error = Math.sqrt(variance());
    return new Estimate(area, area - Estimate.Z * error, area + Estimate.Z * error).within(0, 1);
  }

  /** NaN for a single image of a class. */
  private double variance() {
    return sampleVariance(ofPositives()) / positives.length
        + sampleVariance(ofNegatives()) / negatives.length;
  }

  /**
   * Of each positive image the share of the negative ones that it is above: DeLong's components, by
   * midranks (Sun and Xu 2014).
   */
  double[] ofPositives() {
    double[] within = ranks(positives);
    return IntStream.range(0, positives.length)
        .mapToDouble(i -> (ranksOfPositives[i] - within[i]) / negatives.length)
        .toArray();
  }

  /** Of each negative image the share of the positive ones that it is below. */
  double[] ofNegatives() {
    double[] within = ranks(negatives);
    return IntStream.range(0, negatives.length)
        .mapToDouble(i -> 1 - (ranksOfNegatives[i] - within[i]) / positives.length)
        .toArray();
  }

  private static double sampleVariance(double[] values) {
    return values.length < 2 ? Double.NaN : new Variance().evaluate(values);
  }

  /** The score interval of Newcombe 2006 (Statistics in Medicine 25:559), his method 5. */
  Estimate newcombe() {
    double area = value();
    DoublePredicate within =
        theta -> {
          double distance = area - theta;
          return distance * distance <= Estimate.Z * Estimate.Z * hanleyMcNeil(theta);
        };
    return new Estimate(area, end(within, area, 0), end(within, area, 1));
  }

  /** The variance of an estimate of that area, for classes alike in spread. */
  private double hanleyMcNeil(double area) {
    double m = positives.length;
    double n = negatives.length;
    double others = (m + n) / 2 - 1;
    return area
        * (1 - area)
        * (1 + others * ((1 - area) / (2 - area) + area / (1 + area)))
        / (m * n);
  }

  /** Where the interval ends between an inner value and the end of the range. */
  private static double end(DoublePredicate within, double inner, double outermost) {
    double inside = inner;
    double outside = outermost;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (inside + outside) / 2;
      if (within.test(middle)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }
}
