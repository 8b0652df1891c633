package io.convoy.evaluate;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Scores of the probabilities of any number of classes.
 *
 * @param predictions at least one image, and no NaN
 */
record ProbabilityScores(Predictions predictions) {
  /** As DL4J's LossMCXENT clips the outputs of a softmax. */
  private static final double CLIPPED = 1e-10;

  /** As DL4J's LossBinaryXENT clips a sigmoid's. */
  private static final double CLIPPED_OF_TWO = 1e-5;

  private static final int TOP = 5;
  static final int CALIBRATION_BINS = 15;

  /** The sum of the classes' squared errors, the mean of the images (Brier 1950). */
  double brier() {
    return DoubleStream.of(predictions.squaredErrors()).average().orElseThrow();
  }

  /** The mean of -log of the probability of each image's class. */
  double crossEntropy() {
    return mean(this::crossEntropy);
  }

  double crossEntropy(int image) {
    double clipped = predictions.isBinary() ? CLIPPED_OF_TWO : CLIPPED;
    double probability = predictions.probability(image, predictions.labels()[image]);
    return -Math.log(Math.max(clipped, Math.min(1 - clipped, probability)));
  }

  /** The share of images whose class is among the first by probability, of equals the later one. */
  double topFive() {
    return mean(image -> classesBefore(image) < TOP ? 1 : 0);
  }

  private int classesBefore(int image) {
    int label = predictions.labels()[image];
    double own = predictions.probability(image, label);
    int before = 0;
    for (int other = 0; other < predictions.classes(); other++) {
      double probability = predictions.probability(image, other);
      if (probability > own || probability == own && other > label) {
        before++;
      }
    }
    return before;
  }

  /** The mean area under the ROC curves of the classes that some images are of, but not all. */
  Double meanAuc() {
    double mean =
        IntStream.range(0, predictions.classes())
            .mapToObj(this::auc)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(mean) ? null : mean;
  }

  /** The area under the ROC curve of a class against the rest; null unless both are present. */
  Double auc(int label) {
    BinaryPredictions ofClass = predictions.oneVsRest(label);
    return ofClass.hasBothClasses() ? new AreaUnderCurve(ofClass).value() : null;
  }

  /**
   * The expected calibration error (Guo et al. 2017) of the probability of the class that each
   * image is called, in {@value #CALIBRATION_BINS} bins of one width, whose upper edges are theirs:
   * the distance of mean probability and accuracy in a bin, the mean of the images.
   */
  double calibrationError() {
    double[] distances = new double[CALIBRATION_BINS];
    for (int image = 0; image < predictions.images(); image++) {
      distances[calibrationBin(image)] += calibrationGap(image);
    }
    return DoubleStream.of(distances).map(Math::abs).sum() / predictions.images();
  }

  int calibrationBin(int image) {
    int bin = (int) Math.ceil(calledProbability(image) * CALIBRATION_BINS) - 1;
    return Math.max(0, Math.min(CALIBRATION_BINS - 1, bin));
  }

  /** What an image adds to the distance of its bin. */
  double calibrationGap(int image) {
    return calledProbability(image) - (predictions.isRight(image) ? 1.0 : 0.0);
  }

  private float calledProbability(int image) {
    return (float) predictions.probability(image, predictions.predicted(image));
  }

  private double mean(IntToDoubleFunction score) {
    return predictions.indices().mapToDouble(score).average().orElseThrow();
  }
}
