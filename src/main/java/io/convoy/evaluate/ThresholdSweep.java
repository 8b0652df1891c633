package io.convoy.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The thresholds 0.1, 0.2 ... 0.9 on one split. The best threshold is chosen on the validation
 * split and reported on the test split:
 *
 * <pre>{@code
 * Optional<ThresholdRow> onTest =
 *     ThresholdSweep.of(validation)
 *         .best()
 *         .flatMap(best -> ThresholdSweep.of(test).at(best.threshold()));
 * }</pre>
 *
 * @param rows one a threshold, ascending; none if the split is empty or has NaN among its
 *     probabilities
 */
public record ThresholdSweep(List<ThresholdRow> rows) {

  private static final List<Double> THRESHOLDS =
      List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);

  /** Highest accuracy first; then nearest to 0.5; then lowest. */
  private static final Comparator<ThresholdRow> BEST_FIRST =
      Comparator.comparingDouble(ThresholdRow::accuracy)
          .reversed()
          .thenComparing(row -> tenthsFromHalf(row.threshold()))
          .thenComparing(ThresholdRow::threshold);

  public ThresholdSweep {
    rows = List.copyOf(rows);
  }

  /**
   * The sweeps of a split: of two classes one, of the positive class; of more one of each class
   * against the rest, by label. None if the split is empty or has NaN among its probabilities.
   */
  public static List<ThresholdSweep> ofClasses(Predictions predictions) {
    return predictions.measurable()
        ? labels(predictions.classes())
            .mapToObj(predictions::oneVsRest)
            .map(ThresholdSweep::of)
            .toList()
        : List.of();
  }

  /** The labels of the classes that have a sweep. */
  public static IntStream labels(int classes) {
    return IntStream.range(Predictions.outputs(classes) == 1 ? 1 : 0, classes);
  }

  /** The sweep of a class. */
  public static ThresholdSweep of(BinaryPredictions predictions) {
    return new ThresholdSweep(
        predictions.measurable()
            ? THRESHOLDS.stream().map(t -> ThresholdRow.of(t, predictions)).toList()
            : List.of());
  }

  /**
   * The row with the highest accuracy; among equals the threshold nearest to 0.5, then the lower.
   * Empty if there are no rows.
   */
  public Optional<ThresholdRow> best() {
    return rows.stream().min(BEST_FIRST);
  }

  /**
   * The row of one of the nine thresholds; empty if there are no rows.
   *
   * @throws IllegalArgumentException if the threshold is not one of the nine
   */
  public Optional<ThresholdRow> at(double threshold) {
    if (!THRESHOLDS.contains(threshold)) {
      throw new IllegalArgumentException(threshold + " is not one of " + THRESHOLDS);
    }
    return rows.stream().filter(row -> row.threshold() == threshold).findFirst();
  }

  /** In whole tenths, because 0.5 - 0.3 and 0.7 - 0.5 differ in float64. */
  private static long tenthsFromHalf(double threshold) {
    return Math.abs(Math.round(10 * threshold) - 5);
  }
}
