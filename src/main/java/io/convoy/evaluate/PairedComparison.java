package io.convoy.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Beta;

/**
 * Two networks on the same photos. Of photos that both call right, or both wrong, nothing can be
 * learnt of their difference, which is therefore known far better than from two samples of photos.
 *
 * @param images both were asked about
 * @param onlyFirstRight of them that the first alone calls right
 * @param onlySecondRight that the second alone calls right
 * @param pValue of McNemar's exact test of equal accuracies, two-sided: how often networks of equal
 *     accuracy are so far apart, above 0 and up to 1
 * @param accuracyDifference of the first from the second, -1..1; above 0 where the first is better
 * @param mseDifference of the first from the second in their squared errors, of more than two
 *     classes the sum over the classes; below 0 where the first is better; null for a single photo
 */
public record PairedComparison(
    long images,
    long onlyFirstRight,
    long onlySecondRight,
    double pValue,
    Estimate accuracyDifference,
    Estimate mseDifference) {
  private static final double POWER = 0.8;
  private static final double POWER_QUANTILE =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(POWER);

  /**
   * Compares.
   *
   * @return empty where there are no photos, or one of the networks gave no number
   * @throws IllegalArgumentException if the labels differ, so that the photos cannot be the same
   */
  public static Optional<PairedComparison> of(Predictions first, Predictions second) {
    if (!first.hasLabelsOf(second)) {
      throw new IllegalArgumentException("The predictions are of different photos");
    }
    if (!first.measurable() || !second.measurable()) {
      return Optional.empty();
    }
    IntPredicate firstRight = first::isRight;
    IntPredicate secondRight = second::isRight;
    long onlyFirst = first.indices().filter(firstRight.and(secondRight.negate())).count();
    long onlySecond = first.indices().filter(secondRight.and(firstRight.negate())).count();
    return Optional.of(
        new PairedComparison(
            first.images(),
            onlyFirst,
            onlySecond,
            mcNemar(onlyFirst, onlySecond),
            difference(onlyFirst, onlySecond, first.images()),
            PairedDifference.of(first.squaredErrors(), second.squaredErrors())));
  }

  /**
   * How many photos McNemar's test at 5 % needs to tell two such networks with a power of 0.8
   * (Connor 1987, Biometrics 43:207); empty where they are equally often right.
   */
  public OptionalDouble photosToTell() {
    return onlyFirstRight == onlySecondRight
        ? OptionalDouble.empty()
        : OptionalDouble.of(photosToTell(onlyFirstRight, onlySecondRight, images));
  }

  static double photosToTell(long onlyFirst, long onlySecond, long images) {
    double discordance = (double) (onlyFirst + onlySecond) / images;
    double difference = (double) (onlyFirst - onlySecond) / images;
    double root =
        Estimate.Z * Math.sqrt(discordance)
            + POWER_QUANTILE * Math.sqrt(discordance - difference * difference);
    return Math.pow(root / difference, 2);
  }

  /**
   * McNemar 1947, by the binomial distribution of the photos that tell: its lower tail is this
   * incomplete beta function. Commons-math's distribution takes it from 1, and so has 0 below
   * 1e-16. What is too small for float64 is its least number.
   */
  static double mcNemar(long onlyFirst, long onlySecond) {
    if (onlyFirst == onlySecond) {
      return 1;
    }
    long rarer = Math.min(onlyFirst, onlySecond);
    long others = Math.max(onlyFirst, onlySecond);
    double tail = Beta.regularizedBeta(0.5, others, rarer + 1.0);
    return Math.max(Double.MIN_VALUE, Math.min(1, 2 * tail));
  }

  /**
   * The difference of the accuracies, with Bonett and Price's adjusted Wald interval (2012), which
   * keeps its level for few photos too (Fagerland, Lydersen and Laake 2014).
   */
  static Estimate difference(long onlyFirst, long onlySecond, long images) {
    double adjusted = images + 2.0;
    double first = (onlyFirst + 1) / adjusted;
    double second = (onlySecond + 1) / adjusted;
    double middle = first - second;
    double error = Math.sqrt((first + second - middle * middle) / adjusted);
    return new Estimate(
            (double) (onlyFirst - onlySecond) / images,
            middle - Estimate.Z * error,
            middle + Estimate.Z * error)
        .within(-1, 1);
  }
}
