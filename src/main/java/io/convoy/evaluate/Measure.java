package io.convoy.evaluate;

import java.util.Locale;
import java.util.function.Function;

/** A metric of a split whose interval is by resampling. */
public enum Measure {
  MSE(SplitMetrics::mse, 0, 1),
  CROSS_ENTROPY(SplitMetrics::crossEntropy, 0, Double.MAX_VALUE),
  PEARSON_R(SplitMetrics::pearsonR, -1, 1),
  AUC(SplitMetrics::auc, 0, 1),
  MEAN_PREDICTION(SplitMetrics::meanPrediction, 0, 1),
  MEAN_PREDICTION_POSITIVE(SplitMetrics::meanPredictionPositive, 0, 1),
  MEAN_PREDICTION_NEGATIVE(SplitMetrics::meanPredictionNegative, 0, 1),
  BRIER(SplitMetrics::brier, 0, 2),
  MACRO_PRECISION(m -> m.macro() == null ? null : m.macro().precision(), 0, 1),
  MACRO_RECALL(m -> m.macro() == null ? null : m.macro().recall(), 0, 1),
  MACRO_F1(m -> m.macro() == null ? null : m.macro().f1(), 0, 1),
  MCC(SplitMetrics::mcc, -1, 1),
  ECE(SplitMetrics::ece, 0, 1);

  private final Function<SplitMetrics, Double> value;
  private final double least;
  private final double most;

  Measure(Function<SplitMetrics, Double> value, double least, double most) {
    this.value = value;
    this.least = least;
    this.most = most;
  }

  /** Its name in tables, as in {@code macro_f1}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value; null where it is not defined. */
  public Double of(SplitMetrics metrics) {
    return value.apply(metrics);
  }

  /** An interval with its ends moved into the range of the metric. */
  Estimate within(Estimate estimate) {
    return estimate.within(least, most);
  }
}
