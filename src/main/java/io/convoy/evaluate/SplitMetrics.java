package io.convoy.evaluate;

import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * How well the predictions of one split agree with its labels. A metric that is not defined is
 * null: all of them for an empty split or one with NaN among the probabilities.
 *
 * @param images in the split
 * @param mse mean squared error between probability and label, 0..1
 * @param crossEntropy mean binary cross-entropy in nats, of probabilities clipped to 1e-5..1-1e-5
 *     like the training loss, so that 11.51 is its greatest value
 * @param pearsonR Pearson's correlation of probability and label, -1..1; null if either is constant
 * @param accuracy share of right decisions at the threshold 0.5
 * @param auc area under the ROC curve, in which tied probabilities count half; null unless both
 *     classes are present
 * @param meanPrediction mean probability of all images
 * @param meanPredictionPositive of the images of the positive class; null if there is none
 * @param meanPredictionNegative of the images of the negative class; null if there is none
 */
public record SplitMetrics(
    long images,
    Double mse,
    Double crossEntropy,
    Double pearsonR,
    Double accuracy,
    Double auc,
    Double meanPrediction,
    Double meanPredictionPositive,
    Double meanPredictionNegative) {

  /** The metrics of a split. */
  public static SplitMetrics of(Predictions predictions) {
    if (!predictions.measurable()) {
      return new SplitMetrics(predictions.images(), null, null, null, null, null, null, null, null);
    }
    return new SplitMetrics(
        predictions.images(),
        mse(predictions),
        crossEntropy(predictions),
        pearsonR(predictions),
        ThresholdRow.of(Predictions.EVEN, predictions).accuracy(),
        predictions.hasBothClasses() ? new AreaUnderCurve(predictions).value() : null,
        mean(predictions, i -> true),
        mean(predictions, i -> predictions.labels()[i] == 1),
        mean(predictions, i -> predictions.labels()[i] == 0));
  }

  private static double mse(Predictions predictions) {
    RegressionEvaluation evaluation = new RegressionEvaluation(1);
    evaluation.eval(predictions.labelColumn(), predictions.probabilityColumn());
    return evaluation.meanSquaredError(0);
  }

  private static double crossEntropy(Predictions predictions) {
    return new LossBinaryXENT()
        .computeScore(
            predictions.labelColumn(),
            predictions.probabilityColumn(),
            new ActivationIdentity(),
            null,
            true);
  }

  /**
   * Not DL4J's: its one-pass formula (1.0.0-M2) subtracts nearly equal sums, so a network that
   * answers nearly the same to every image, as an untrained one does, gets NaN or a meaningless r.
   * DL4J's will do once it sums deviations from the mean.
   */
  private static Double pearsonR(Predictions predictions) {
    if (!predictions.hasBothClasses()) {
      return null;
    }
    double r =
        new PearsonsCorrelation()
            .correlation(predictions.probabilitiesAsDoubles(), predictions.labelsAsDoubles());
    return Double.isNaN(r) ? null : r;
  }

  private static Double mean(Predictions predictions, IntPredicate counts) {
    OptionalDouble mean =
        predictions
            .indices()
            .filter(counts)
            .mapToDouble(i -> predictions.probabilities()[i])
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }
}
