package io.convoy.report;

import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Intervals;
import io.convoy.evaluate.Measure;
import io.convoy.evaluate.Proportion;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.table.Columns;
import io.convoy.table.SavedRow;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The columns of the intervals of a split's metrics that {@link AssessmentColumns} has not. */
final class IntervalColumns {
  private final Map<Measure, EndColumns> ends = new EnumMap<>(Measure.class);

  /**
   * Adds them to a table.
   *
   * @param prefix of their names
   * @param split from a row
   */
  <R> IntervalColumns(Columns<R> table, String prefix, Function<R, SplitResult> split) {
    for (Measure measure : Measure.values()) {
      if (measure != Measure.AUC) {
        ends.put(
            measure,
            new EndColumns(
                table, prefix + measure.key(), split.andThen(s -> s.intervals().of(measure))));
      }
    }
    new EndColumns(
        table, prefix + "best_threshold_accuracy", split.andThen(IntervalColumns::atBest));
    new EndColumns(table, prefix + "top5", split.andThen(SplitResult::topFive));
  }

  private static Estimate atBest(SplitResult split) {
    return split.atBest().map(IntervalColumns::share).orElse(null);
  }

  private static Estimate share(ThresholdRow row) {
    long right = row.truePositives() + row.trueNegatives();
    return Proportion.of(right, right + row.falsePositives() + row.falseNegatives());
  }

  /** The intervals of a row; none of a table of an older convoy. */
  Intervals read(SavedRow row, SplitMetrics metrics) {
    Map<Measure, Estimate> estimates = new EnumMap<>(Measure.class);
    ends.forEach(
        (measure, columns) -> {
          Estimate estimate = columns.around(measure.of(metrics), row);
          if (estimate != null) {
            estimates.put(measure, estimate);
          }
        });
    return new Intervals(estimates);
  }
}
