package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two networks by one metric of the same photos.
 *
 * @param first the name of the one
 * @param second the name of the other
 * @param metric its name in tables
 * @param difference of the first from the second
 * @param pValue how often networks that are equal are so far apart, two-sided, 0..1
 * @param adjustedP the same, by Holm's correction for all pairs of the metric
 */
public record Contrast(
    String first,
    String second,
    String metric,
    Estimate difference,
    double pValue,
    double adjustedP) {
  /** A smaller corrected p tells two networks apart. */
  public static final double LEVEL = 1 - Estimate.CONFIDENCE;

  /**
   * All pairs of networks, by each metric in turn: the accuracy by McNemar's test, with Bonett and
   * Price's interval; the AUC, the squared error and the cross-entropy by the resamples that the
   * networks share.
   *
   * @param networks by name, in their order; those that cannot be measured, or that are of other
   *     photos than the first that can, are left out
   */
  public static List<Contrast> of(Map<String, Predictions> networks) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Predictions> each : networks.entrySet()) {
      boolean isAlike = names.isEmpty() || networks.get(names.get(0)).hasLabelsOf(each.getValue());
      if (each.getValue().measurable() && isAlike) {
        names.add(each.getKey());
      }
    }
    if (names.size() < 2) {
      return List.of();
    }
    List<Bootstrap> bootstraps =
        names.stream().map(name -> Bootstrap.of(networks.get(name))).toList();
    List<SplitMetrics> metrics =
        names.stream().map(name -> SplitMetrics.of(networks.get(name))).toList();
    boolean isBinary = networks.get(names.get(0)).isBinary();
    List<Contrast> contrasts =
        new ArrayList<>(
            adjusted(
                pairs(names.size(), (i, j) -> accuracy(names.get(i), names.get(j), networks))));
    for (Measure measure :
        List.of(Measure.AUC, isBinary ? Measure.MSE : Measure.BRIER, Measure.CROSS_ENTROPY)) {
      if (measure.of(metrics.get(0)) != null) {
        contrasts.addAll(
            adjusted(
                pairs(
                    names.size(),
                    (i, j) -> {
                      double value = measure.of(metrics.get(i)) - measure.of(metrics.get(j));
                      double[] resampled =
                          bootstraps.get(i).differences(bootstraps.get(j), measure);
                      return new Contrast(
                          names.get(i),
                          names.get(j),
                          measure.key(),
                          Bootstrap.percentiles(value, resampled),
                          Bootstrap.pValue(resampled),
                          Double.NaN);
                    })));
      }
    }
    return contrasts;
  }

  private interface Pair {
    Contrast of(int first, int second);
  }

  private static List<Contrast> pairs(int networks, Pair pair) {
    List<Contrast> pairs = new ArrayList<>();
    for (int first = 0; first < networks; first++) {
      for (int second = first + 1; second < networks; second++) {
        pairs.add(pair.of(first, second));
      }
    }
    return pairs;
  }

  private static Contrast accuracy(String first, String second, Map<String, Predictions> networks) {
    Optional<PairedComparison> compared =
        PairedComparison.of(networks.get(first), networks.get(second));
    return compared
        .map(
            each ->
                new Contrast(
                    first,
                    second,
                    "accuracy",
                    each.accuracyDifference(),
                    each.pValue(),
                    Double.NaN))
        .orElseThrow();
  }

  private static List<Contrast> adjusted(List<Contrast> pairs) {
    double[] adjusted = holm(pairs.stream().mapToDouble(Contrast::pValue).toArray());
    return IntStream.range(0, adjusted.length)
        .mapToObj(
            i -> {
              Contrast pair = pairs.get(i);
              return new Contrast(
                  pair.first, pair.second, pair.metric, pair.difference, pair.pValue, adjusted[i]);
            })
        .toList();
  }

  /**
   * Holm's correction (1979): the chance of calling any two equal networks different stays below
   * the level.
   *
   * @param pValues of all tests
   * @return corrected, in the same order
   */
  public static double[] holm(double[] pValues) {
    Integer[] rising = IntStream.range(0, pValues.length).boxed().toArray(Integer[]::new);
    Arrays.sort(rising, Comparator.comparingDouble(i -> pValues[i]));
    double[] adjusted = new double[pValues.length];
    double greatest = 0;
    for (int rank = 0; rank < rising.length; rank++) {
      greatest = Math.max(greatest, (rising.length - rank) * pValues[rising[rank]]);
      adjusted[rising[rank]] = Math.min(1, greatest);
    }
    return adjusted;
  }
}
