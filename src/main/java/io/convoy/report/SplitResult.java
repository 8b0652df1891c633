package io.convoy.report;

import io.convoy.evaluate.Assessment;
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
}
