package io.convoy.evaluate;

import org.nd4j.evaluation.EvaluationUtils;

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
    float comparable = (float) threshold;
    int[] called = new int[2];
    int[] rightlyCalled = new int[2];
    for (int image = 0; image < predictions.images(); image++) {
      int label = predictions.probabilities()[image] > comparable ? 1 : 0;
      called[label]++;
      rightlyCalled[label] += label == predictions.labels()[image] ? 1 : 0;
    }
    double truePositives = rightlyCalled[1];
    double trueNegatives = rightlyCalled[0];
    int falseNegatives = called[0] - rightlyCalled[0];
    double precision = truePositives / called[1];
    double recall = truePositives / (truePositives + falseNegatives);
    return new ThresholdRow(
        threshold,
        (truePositives + trueNegatives) / predictions.images(),
        nullIfNaN(precision),
        nullIfNaN(recall),
        nullIfNaN(EvaluationUtils.fBeta(1, precision, recall)),
        rightlyCalled[1],
        called[1] - rightlyCalled[1],
        rightlyCalled[0],
        falseNegatives);
  }

  private static Double nullIfNaN(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
