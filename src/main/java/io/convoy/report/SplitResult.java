package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import java.util.Optional;
import java.util.function.Function;

/**
 * A split's figures for the tables.
 *
 * @param metrics over the split
 * @param sweep the thresholds; without rows where the split is empty
 * @param atBest the row of the best threshold, which is chosen on validation
 * @param assessment how sure the metrics are, and what they are worth
 */
public record SplitResult(
    SplitMetrics metrics,
    ThresholdSweep sweep,
    Optional<ThresholdRow> atBest,
    Assessment assessment) {

  /** The validation split's, with the threshold that is best there. */
  public static SplitResult ofValidation(Predictions predictions) {
    ThresholdSweep sweep = ThresholdSweep.of(predictions);
    return new SplitResult(
        SplitMetrics.of(predictions), sweep, sweep.best(), Assessment.of(predictions));
  }

  /** The test split's, with the threshold that was best on validation. */
  public static SplitResult ofTest(Predictions predictions, SplitResult validation) {
    ThresholdSweep sweep = ThresholdSweep.of(predictions);
    return new SplitResult(
        SplitMetrics.of(predictions),
        sweep,
        validation.atBest.flatMap(best -> sweep.at(best.threshold())),
        Assessment.of(predictions));
  }

  /** The columns of a split, without its prefix. */
  static Columns<SplitResult> columns(String negativeClass, String positiveClass) {
    return columns(negativeClass, positiveClass, SplitResult::metrics, SplitResult::atBest);
  }

  /** The same of rows that have a split's metrics and the row of its best threshold. */
  static <R> Columns<R> columns(
      String negativeClass,
      String positiveClass,
      Function<R, SplitMetrics> metrics,
      Function<R, Optional<ThresholdRow>> atBest) {
    return new Columns<R>()
        .number("mse", metrics.andThen(SplitMetrics::mse))
        .number("cross_entropy", metrics.andThen(SplitMetrics::crossEntropy))
        .number("pearson_r", metrics.andThen(SplitMetrics::pearsonR))
        .number("accuracy", metrics.andThen(SplitMetrics::accuracy))
        .number("best_threshold", r -> atBest.apply(r).map(ThresholdRow::threshold).orElse(null))
        .number(
            "best_threshold_accuracy",
            r -> atBest.apply(r).map(ThresholdRow::accuracy).orElse(null))
        .number("auc", metrics.andThen(SplitMetrics::auc))
        .number("mean_prediction", metrics.andThen(SplitMetrics::meanPrediction))
        .number(
            "mean_prediction_" + positiveClass,
            metrics.andThen(SplitMetrics::meanPredictionPositive))
        .number(
            "mean_prediction_" + negativeClass,
            metrics.andThen(SplitMetrics::meanPredictionNegative));
  }

  /** The columns of what is known of a split's metrics, without its prefix. */
  static Columns<SplitResult> assessmentColumns() {
    return new Columns<SplitResult>()
        .text("verdict", r -> r.assessment.verdict().key())
        .number("accuracy_low", r -> low(r.assessment.accuracy()))
        .number("accuracy_high", r -> high(r.assessment.accuracy()))
        .number("auc_low", r -> low(r.assessment.auc()))
        .number("auc_high", r -> high(r.assessment.auc()))
        .number("constant_mse", r -> r.assessment.constantMse())
        .number("mse_against_constant", r -> value(r.assessment.mseAgainstConstant()))
        .number("mse_against_constant_low", r -> low(r.assessment.mseAgainstConstant()))
        .number("mse_against_constant_high", r -> high(r.assessment.mseAgainstConstant()));
  }

  private static Double value(Estimate estimate) {
    return estimate == null ? null : estimate.value();
  }

  private static Double low(Estimate estimate) {
    return estimate == null ? null : estimate.low();
  }

  private static Double high(Estimate estimate) {
    return estimate == null ? null : estimate.high();
  }
}
