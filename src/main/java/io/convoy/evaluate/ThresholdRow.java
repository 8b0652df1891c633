package io.convoy.evaluate;

import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The decisions that a threshold makes of a split: an image is called positive if its probability
 * is greater than the threshold, and negative if it is equal or less.
 *
 * @param threshold 0..1
 * @param accuracy share of right decisions, (true positives + true negatives) / all
 * @param precision share of the positive class among the images called positive; null if none is
 * @param recall share of the positive class that was called positive; null if the split has none
 * @param f1 harmonic mean of precision and recall, 0 if one of them is 0; null if both are null
 * @param truePositives images of the positive class called positive
 * @param falsePositives images of the negative class called positive
 * @param trueNegatives images of the negative class called negative
 * @param falseNegatives images of the positive class called negative
 */
public record ThresholdRow(
    double threshold,
    double accuracy,
    Double precision,
    Double recall,
    Double f1,
    long truePositives,
    long falsePositives,
    long trueNegatives,
    long falseNegatives) {

  /** The row of a threshold; the predictions must be measurable. */
  static ThresholdRow of(double threshold, BinaryPredictions predictions) {
    // Compared in float32, the probabilities' precision: as float64 the probability 0.3f would be
    // greater than 0.3.
    double comparable = (float) threshold;
    EvaluationBinary evaluation =
        new EvaluationBinary(Nd4j.createFromArray(comparable).reshape(1, 1));
    evaluation.eval(predictions.labelColumn(), predictions.probabilityColumn());
    return new ThresholdRow(
        threshold,
        evaluation.accuracy(0),
        nullIfNaN(evaluation.precision(0)),
        nullIfNaN(evaluation.recall(0)),
        nullIfNaN(evaluation.f1(0)),
        evaluation.truePositives(0),
        evaluation.falsePositives(0),
        evaluation.trueNegatives(0),
        evaluation.falseNegatives(0));
  }

  private static Double nullIfNaN(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
