package io.convoy.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What each photo of a split adds to its metrics, laid out so that a resample's metrics take one
 * pass over the photos, and for the AUC of two classes another in the order of the probabilities.
 * Photos are at their places: those of a class stand side by side, the classes by label.
 */
final class ResampledScores {
  private final Predictions predictions;
  private final int images;
  private final long[] actual;
  private final int[] called;
  private final int[] bins;
  private final double[] gaps;
  private final double[] squaredErrors;
  private final double[] crossEntropies;

  /** Of two classes, the probability less 1/2; of more, what the photo adds to the mean AUC. */
  private final double[] thirds;

  /** Of two classes with photos of both: places by rising probability. */
  private final int[] order;

  /** Whether the next place in that order has a greater probability. */
  private final boolean[] rises;

  /** The mean AUC of more than two classes; NaN where there is none. */
  private final double auc;

  /** What one thread adds up, used for one resample after the other. */
  private final class Sums {
    private final long[] right = new long[predictions.classes()];
    private final long[] predicted = new long[predictions.classes()];
    private final double[] distances = new double[ProbabilityScores.CALIBRATION_BINS];

    void clear() {
      Arrays.fill(right, 0);
      Arrays.fill(predicted, 0);
      Arrays.fill(distances, 0);
    }
  }

  /**
   * @param predictions at least one photo, and no NaN
   * @param photos the photo at each place
   */
  ResampledScores(Predictions predictions, int[] photos) {
    this.predictions = predictions;
    this.images = photos.length;
    this.actual = predictions.perClass();
    ProbabilityScores scores = new ProbabilityScores(predictions);
    this.called = IntStream.of(photos).map(predictions::predicted).toArray();
    this.bins = IntStream.of(photos).map(scores::calibrationBin).toArray();
    this.gaps = IntStream.of(photos).mapToDouble(scores::calibrationGap).toArray();
    double[] errors = predictions.squaredErrors();
    this.squaredErrors = IntStream.of(photos).mapToDouble(i -> errors[i]).toArray();
    this.crossEntropies = IntStream.of(photos).mapToDouble(scores::crossEntropy).toArray();
    boolean isBinary = predictions.isBinary();
    boolean isSorted = isBinary && predictions.hasSeveralClasses();
    long[] sorted = isSorted ? sorted(photos, 1) : new long[0];
    this.order = LongStream.of(sorted).mapToInt(key -> (int) key).toArray();
    this.rises = rises(sorted);
    this.thirds = new double[images];
    if (isBinary) {
      Arrays.setAll(thirds, place -> predictions.probability(photos[place], 1) - 0.5);
    }
    this.auc = isBinary ? Double.NaN : addInfluences(photos);
  }

  /** Keys in rising order: the bits of a class's probability above those of the place. */
  private long[] sorted(int[] photos, int label) {
    long[] keys = new long[images];
    for (int place = 0; place < images; place++) {
      // Bits of floats that are not negative are in the floats' order; adding 0 leaves no -0.
      float probability = (float) predictions.probability(photos[place], label) + 0f;
      keys[place] = (long) Float.floatToIntBits(probability) << Integer.SIZE | place;
    }
    Arrays.sort(keys);
    return keys;
  }

  private static boolean[] rises(long[] sorted) {
    boolean[] rises = new boolean[sorted.length];
    for (int i = 0; i < rises.length; i++) {
      rises[i] =
          i + 1 == rises.length || sorted[i] >>> Integer.SIZE != sorted[i + 1] >>> Integer.SIZE;
    }
    return rises;
  }

  /**
   * Adds up each photo's influence on the mean area (DeLong's components, centred), by which a
   * resample's area is known to first order: the exact one would take a pass for each class.
   */
  private double addInfluences(int[] photos) {
    long measured = LongStream.of(actual).filter(n -> n > 0 && n < images).count();
    int start = 0;
    double sum = 0;
    for (int label = 0; label < actual.length; label++) {
      int end = start + (int) actual[label];
      if (start < end && end - start < images) {
        sum += addInfluence(sorted(photos, label), start, end, measured);
      }
      start = end;
    }
    return measured == 0 ? Double.NaN : sum / measured;
  }

  /**
   * Adds that on the area of one class.
   *
   * @param start the class's first place
   * @param end behind its last
   */
  private double addInfluence(long[] sorted, int start, int end, long measured) {
    double positives = end - start;
    double negatives = images - positives;
    boolean[] last = rises(sorted);
    double[] shares = new double[images];
    double area = 0;
    int positivesBelow = 0;
    int negativesBelow = 0;
    for (int first = 0; first < images; ) {
      int behind = first;
      int ofClass = 0;
      do {
        int place = (int) sorted[behind];
        ofClass += place >= start && place < end ? 1 : 0;
      } while (!last[behind++]);
      int others = behind - first - ofClass;
      double below = (negativesBelow + others / 2.0) / negatives;
      double above = 1 - (positivesBelow + ofClass / 2.0) / positives;
      for (int i = first; i < behind; i++) {
        int place = (int) sorted[i];
        shares[place] = place >= start && place < end ? below : above;
      }
      area += ofClass * below / positives;
      positivesBelow += ofClass;
      negativesBelow += others;
      first = behind;
    }
    for (int place = 0; place < images; place++) {
      boolean isOfClass = place >= start && place < end;
      thirds[place] += (shares[place] - area) / (isOfClass ? positives : negatives) / measured;
    }
    return area;
  }

  /** Sets the metrics of resamples, from one index up to another. */
  void measure(Strata strata, int from, int to, double[][] replicates) {
    int[] counts = new int[images];
    Sums sums = new Sums();
    for (int resample = from; resample < to; resample++) {
      strata.draw(resample, counts);
      sums.clear();
      measure(counts, sums, resample, replicates);
    }
  }

  private void measure(int[] counts, Sums sums, int resample, double[][] replicates) {
    double squared = 0;
    double entropy = 0;
    double third = 0;
    double thirdSquared = 0;
    double thirdOfNegatives = 0;
    int place = 0;
    for (int label = 0; label < actual.length; label++) {
      long right = 0;
      for (int end = place + (int) actual[label]; place < end; place++) {
        int count = counts[place];
        squared += count * squaredErrors[place];
        entropy += count * crossEntropies[place];
        double ofThird = count * thirds[place];
        third += ofThird;
        thirdSquared += ofThird * thirds[place];
        sums.predicted[called[place]] += count;
        right += called[place] == label ? count : 0;
        sums.distances[bins[place]] += count * gaps[place];
      }
      sums.right[label] = right;
      thirdOfNegatives = label == 0 ? third : thirdOfNegatives;
    }
    double brier = squared / images;
    set(Measure.MSE, brier / Predictions.outputs(actual.length), resample, replicates);
    set(Measure.BRIER, brier, resample, replicates);
    set(Measure.CROSS_ENTROPY, entropy / images, resample, replicates);
    if (predictions.isBinary()) {
      double mean = third / images;
      double ofPositives = third - thirdOfNegatives;
      double spread = (thirdSquared / images - mean * mean) * actual[0] / images * actual[1];
      set(
          Measure.PEARSON_R,
          (ofPositives - actual[1] * mean) / Math.sqrt(spread * images),
          resample,
          replicates);
      set(Measure.MEAN_PREDICTION, mean + 0.5, resample, replicates);
      set(Measure.MEAN_PREDICTION_POSITIVE, ofPositives / actual[1] + 0.5, resample, replicates);
      set(
          Measure.MEAN_PREDICTION_NEGATIVE,
          thirdOfNegatives / actual[0] + 0.5,
          resample,
          replicates);
      set(Measure.AUC, area(counts), resample, replicates);
    } else {
      set(Measure.AUC, auc + third, resample, replicates);
    }
    double distance = 0;
    for (double each : sums.distances) {
      distance += Math.abs(each);
    }
    set(Measure.ECE, distance / images, resample, replicates);
    rates(sums, resample, replicates);
  }

  private static void set(Measure measure, double value, int resample, double[][] replicates) {
    replicates[measure.ordinal()][resample] = value;
  }

  /** Of two classes, by the pairs of a positive and a negative photo. */
  private double area(int[] counts) {
    int firstPositive = (int) actual[0];
    long twice = 0;
    long below = 0;
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < order.length; i++) {
      int place = order[i];
      int count = counts[place];
      // 1 for a positive, 0 for a negative: a branch here would be guessed wrong too often.
      int positive = count * (firstPositive - 1 - place >>> Integer.SIZE - 1);
      positives += positive;
      negatives += count - positive;
      if (rises[i]) {
        twice += positives * (2 * below + negatives);
        below += negatives;
        positives = 0;
        negatives = 0;
      }
    }
    return twice / (2.0 * actual[0] * actual[1]);
  }

  private void rates(Sums sums, int resample, double[][] replicates) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    int classes = 0;
    double right = 0;
    double chance = 0;
    double predictedSquares = 0;
    double actualSquares = 0;
    for (int label = 0; label < actual.length; label++) {
      long ofClass = sums.right[label];
      double calls = sums.predicted[label];
      double are = actual[label];
      right += ofClass;
      chance += are * calls;
      predictedSquares += calls * calls;
      actualSquares += are * are;
      if (calls + are > 0) {
        classes++;
        precision += calls == 0 ? 0 : ofClass / calls;
        recall += are == 0 ? 0 : ofClass / are;
        f1 += 2 * ofClass / (calls + are);
      }
    }
    set(Measure.MACRO_PRECISION, precision / classes, resample, replicates);
    set(Measure.MACRO_RECALL, recall / classes, resample, replicates);
    set(Measure.MACRO_F1, f1 / classes, resample, replicates);
    double all = images;
    double spread = (all * all - predictedSquares) * (all * all - actualSquares);
    set(
        Measure.MCC,
        spread == 0 ? 0 : (all * right - chance) / Math.sqrt(spread),
        resample,
        replicates);
  }
}
