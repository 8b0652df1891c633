package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.ClassMetrics;
import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.Intervals;
import io.convoy.evaluate.Measure;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.Proportion;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.evaluate.ThresholdSweep;
import java.util.List;
import java.util.Optional;

/**
 * A split's figures for the tables.
 *
 * @param metrics over the split
 * @param sweeps the thresholds: of two classes one sweep, of the positive class; of more one of
 *     each class against the rest, by label; none where the split cannot be measured
 * @param atBest the row of the best threshold, which is chosen on validation; empty for more than
 *     two classes
 * @param assessment how sure the metrics are, and what they are worth
 * @param confusion what the images of each class are called
 * @param classes the metrics of each class, by label; none where the split cannot be measured
 * @param intervals of the metrics but for the shares and the AUC
 */
public record SplitResult(
    SplitMetrics metrics,
    List<ThresholdSweep> sweeps,
    Optional<ThresholdRow> atBest,
    Assessment assessment,
    ConfusionMatrix confusion,
    List<ClassMetrics> classes,
    Intervals intervals) {
  private static final ThresholdSweep NO_SWEEP = new ThresholdSweep(List.of());

  /** Leaves the interval of the AUC to the assessment. */
  public SplitResult {
    intervals = intervals.without(Measure.AUC);
  }

  /** The validation split's, with the threshold that is best there. */
  public static SplitResult ofValidation(Predictions predictions) {
    List<ThresholdSweep> sweeps = ThresholdSweep.ofClasses(predictions);
    return of(predictions, sweeps, sweep(sweeps).best());
  }

  /** The test split's, with the threshold that was best on validation. */
  public static SplitResult ofTest(Predictions predictions, SplitResult validation) {
    List<ThresholdSweep> sweeps = ThresholdSweep.ofClasses(predictions);
    return of(
        predictions, sweeps, validation.atBest.flatMap(best -> sweep(sweeps).at(best.threshold())));
  }

  private static SplitResult of(
      Predictions predictions, List<ThresholdSweep> sweeps, Optional<ThresholdRow> atBest) {
    SplitMetrics metrics = SplitMetrics.of(predictions);
    Intervals intervals = Intervals.of(predictions, metrics);
    Assessment assessment = Assessment.of(predictions);
    return new SplitResult(
        metrics,
        sweeps,
        atBest,
        predictions.isBinary() ? assessment : assessment.withAuc(intervals.of(Measure.AUC)),
        ConfusionMatrix.of(predictions),
        ClassMetrics.of(predictions),
        intervals);
  }

  /**
   * The share of the images whose class is among the five most probable, with Wilson's interval;
   * null where it is not defined.
   */
  public Estimate topFive() {
    return metrics.top5() == null
        ? null
        : Proportion.of(Math.round(metrics.top5() * metrics.images()), metrics.images());
  }

  /** The thresholds of two classes; without rows for more, and where it cannot be measured. */
  public ThresholdSweep sweep() {
    return sweep(sweeps);
  }

  private static ThresholdSweep sweep(List<ThresholdSweep> sweeps) {
    return sweeps.size() == 1 ? sweeps.get(0) : NO_SWEEP;
  }
}
