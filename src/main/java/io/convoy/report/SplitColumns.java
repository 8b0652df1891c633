package io.convoy.report;

import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of a split's metrics, each once for all tables that have them. The order of the
 * fields is that of the columns.
 */
final class SplitColumns {
  private final SavedColumn<Double> mse;
  private final SavedColumn<Double> crossEntropy;
  private final SavedColumn<Double> pearsonR;
  private final SavedColumn<Double> accuracy;
  private final SavedColumn<Double> bestThreshold;
  private final SavedColumn<Double> auc;
  private final SavedColumn<Double> meanPrediction;
  private final SavedColumn<Double> meanPredictionPositive;
  private final SavedColumn<Double> meanPredictionNegative;

  /**
   * Adds them to a table.
   *
   * @param prefix of their names
   * @param metrics of the split, from a row
   * @param atBest the row of its best threshold, from a row
   */
  <R> SplitColumns(
      Columns<R> table,
      String prefix,
      Function<R, SplitMetrics> metrics,
      Function<R, Optional<ThresholdRow>> atBest) {
    mse = table.number(prefix + "mse", metrics.andThen(SplitMetrics::mse));
    crossEntropy =
        table.number(prefix + "cross_entropy", metrics.andThen(SplitMetrics::crossEntropy));
    pearsonR = table.number(prefix + "pearson_r", metrics.andThen(SplitMetrics::pearsonR));
    accuracy = table.number(prefix + "accuracy", metrics.andThen(SplitMetrics::accuracy));
    bestThreshold =
        table.number(
            prefix + "best_threshold",
            row -> atBest.apply(row).map(ThresholdRow::threshold).orElse(null));
    table.number(
        prefix + "best_threshold_accuracy",
        row -> atBest.apply(row).map(ThresholdRow::accuracy).orElse(null));
    auc = table.number(prefix + "auc", metrics.andThen(SplitMetrics::auc));
    meanPrediction =
        table.number(prefix + "mean_prediction", metrics.andThen(SplitMetrics::meanPrediction));
    meanPredictionPositive =
        table.number(
            prefix + "mean_prediction_positive",
            metrics.andThen(SplitMetrics::meanPredictionPositive));
    meanPredictionNegative =
        table.number(
            prefix + "mean_prediction_negative",
            metrics.andThen(SplitMetrics::meanPredictionNegative));
  }

  /**
   * The metrics of the split.
   *
   * @param images of the split, which have a column elsewhere
   * @param scores the other columns of the split
   */
  SplitMetrics metrics(SavedRow row, long images, ScoreColumns scores) {
    return new SplitMetrics(
        images,
        row.valueOrNull(mse),
        row.valueOrNull(crossEntropy),
        row.valueOrNull(pearsonR),
        row.valueOrNull(accuracy),
        row.valueOrNull(auc),
        row.valueOrNull(meanPrediction),
        row.valueOrNull(meanPredictionPositive),
        row.valueOrNull(meanPredictionNegative),
        scores.top5(row),
        scores.brier(row),
        scores.mcc(row),
        scores.ece(row),
        scores.macro(row),
        scores.micro(row));
  }

  /** The accuracy at the threshold 0.5; null where it is not defined. */
  Double accuracy(SavedRow row) {
    return row.valueOrNull(accuracy);
  }

  /** The best threshold; NaN where there is none. */
  double bestThreshold(SavedRow row) {
    return row.number(bestThreshold);
  }
}
