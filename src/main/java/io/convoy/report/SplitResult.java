package io.convoy.report;

import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import java.util.Optional;

/**
 * A split's figures for the tables.
 *
 * @param metrics over the split
 * @param sweep the thresholds; without rows where the split is empty
 * @param atBest the row of the best threshold, which is chosen on validation
 */
public record SplitResult(
    SplitMetrics metrics, ThresholdSweep sweep, Optional<ThresholdRow> atBest) {

  /** The validation split's, with the threshold that is best there. */
  public static SplitResult ofValidation(Predictions predictions) {
    ThresholdSweep sweep = ThresholdSweep.of(predictions);
    return new SplitResult(SplitMetrics.of(predictions), sweep, sweep.best());
  }

  /** The test split's, with the threshold that was best on validation. */
  public static SplitResult ofTest(Predictions predictions, SplitResult validation) {
    ThresholdSweep sweep = ThresholdSweep.of(predictions);
    return new SplitResult(
        SplitMetrics.of(predictions),
        sweep,
        validation.atBest.flatMap(best -> sweep.at(best.threshold())));
  }

  /** The columns of a split, without its prefix. */
  static Columns<SplitResult> columns(String negativeClass, String positiveClass) {
    return new Columns<SplitResult>()
        .number("mse", r -> r.metrics.mse())
        .number("cross_entropy", r -> r.metrics.crossEntropy())
        .number("pearson_r", r -> r.metrics.pearsonR())
        .number("accuracy", r -> r.metrics.accuracy())
        .number("best_threshold", r -> r.atBest.map(ThresholdRow::threshold).orElse(null))
        .number("best_threshold_accuracy", r -> r.atBest.map(ThresholdRow::accuracy).orElse(null))
        .number("auc", r -> r.metrics.auc())
        .number("mean_prediction", r -> r.metrics.meanPrediction())
        .number("mean_prediction_" + positiveClass, r -> r.metrics.meanPredictionPositive())
        .number("mean_prediction_" + negativeClass, r -> r.metrics.meanPredictionNegative());
  }
}
