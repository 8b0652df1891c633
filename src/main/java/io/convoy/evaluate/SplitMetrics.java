package io.convoy.evaluate;

import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * How well the predictions of one split agree with its labels. A metric that is not defined is
 * null: all of them for an empty split or one with NaN among the probabilities. What was measured
 * by an older convoy lacks the metrics from {@code top5} on.
 *
 * @param images in the split
 * @param mse mean squared error between probability and label, over the images and the network's
 *     outputs, 0..1
 * @param crossEntropy mean cross-entropy in nats, of probabilities clipped like those of the
 *     training loss: of two classes to 1e-5..1-1e-5, so that 11.51 is its greatest value, of more
 *     to 1e-10..1-1e-10, so that 23.03 is
 * @param pearsonR Pearson's correlation of probability and label, -1..1; null if either is
 *     constant, and for more than two classes
 * @param accuracy share of right decisions, which are for the class with the greatest probability,
 *     and of two classes at the threshold 0.5
 * @param auc area under the ROC curve, in which tied probabilities count half; of more than two
 *     classes the mean of those of each class against the rest; null unless two classes are present
 * @param meanPrediction mean probability of the positive class; null for more than two classes
 * @param meanPredictionPositive of the images of the positive class; null if there is none
 * @param meanPredictionNegative of the images of the negative class; null if there is none
 * @param top5 share of the images whose class is among the five with the greatest probabilities, of
 *     equals the later class first; null for fewer than {@value #TOP_CLASSES} classes
 * @param brier Brier's score: of two classes the mean squared error, of more its sum over the
 *     classes, 0..2
 * @param mcc Matthews' correlation of decisions and labels, -1..1; 0 if either is constant
 * @param ece expected calibration error of the probability of the class that an image is called
 * @param macro the mean rates of the classes that an image is of, or is called
 * @param micro the rates of all decisions together, which all are the accuracy
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
    Double meanPredictionNegative,
    Double top5,
    Double brier,
    Double mcc,
    Double ece,
    Rates macro,
    Rates micro) {

  /** From so many classes on, the best five are counted. */
  static final int TOP_CLASSES = 6;

  /** The metrics of a split. */
  public static SplitMetrics of(Predictions predictions) {
    if (!predictions.measurable()) {
      return unmeasured(predictions.images());
    }
    return predictions.isBinary() ? ofTwo(predictions) : ofMore(predictions);
  }

  private static SplitMetrics unmeasured(long images) {
    return new SplitMetrics(
        images, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static SplitMetrics ofTwo(Predictions predictions) {
    BinaryPredictions positive = predictions.oneVsRest(1);
    ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
    double mse = mse(positive);
    return new SplitMetrics(
        positive.images(),
        mse,
        crossEntropy(positive),
        pearsonR(positive),
        confusion.micro().recall(),
        positive.hasBothClasses() ? new AreaUnderCurve(positive).value() : null,
        mean(positive, i -> true),
        mean(positive, i -> positive.labels()[i] == 1),
        mean(positive, i -> positive.labels()[i] == 0),
        null,
        mse,
        confusion.matthews(),
        new ProbabilityScores(predictions).calibrationError(),
        confusion.macro(),
        confusion.micro());
  }

  private static SplitMetrics ofMore(Predictions predictions) {
    ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
    ProbabilityScores scores = new ProbabilityScores(predictions);
    double brier = scores.brier();
    return new SplitMetrics(
        predictions.images(),
        brier / predictions.classes(),
        scores.crossEntropy(),
        null,
        confusion.micro().recall(),
        scores.meanAuc(),
        null,
        null,
        null,
        predictions.classes() < TOP_CLASSES ? null : scores.topFive(),
        brier,
        confusion.matthews(),
        scores.calibrationError(),
        confusion.macro(),
        confusion.micro());
  }

  private static double mse(BinaryPredictions predictions) {
    RegressionEvaluation evaluation = new RegressionEvaluation(1);
    evaluation.eval(predictions.labelColumn(), predictions.probabilityColumn());
    return evaluation.meanSquaredError(0);
  }

  private static double crossEntropy(BinaryPredictions predictions) {
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
  private static Double pearsonR(BinaryPredictions predictions) {
    if (!predictions.hasBothClasses()) {
      return null;
    }
    double r =
        new PearsonsCorrelation()
            .correlation(predictions.probabilitiesAsDoubles(), predictions.labelsAsDoubles());
    return Double.isNaN(r) ? null : r;
  }

  private static Double mean(BinaryPredictions predictions, IntPredicate counts) {
    OptionalDouble mean =
        predictions
            .indices()
            .filter(counts)
            .mapToDouble(i -> predictions.probabilities()[i])
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }
}
