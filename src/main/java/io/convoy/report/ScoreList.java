package io.convoy.report;

import io.convoy.evaluate.Predictions;
import java.util.Arrays;

/**
 * Predictions as they are read: it grows by halves, as a table says only at its end how long it is.
 */
public final class ScoreList {
  private float[] probabilities = new float[1024];
  private int[] labels = new int[1024];
  private int count;

  /**
   * Adds an image.
   *
   * @param probability of the positive class, 0..1, or NaN
   * @param label 1 = positive class, 0 = negative class
   */
  public void add(float probability, int label) {
    if (count == labels.length) {
      probabilities = Arrays.copyOf(probabilities, count + count / 2);
      labels = Arrays.copyOf(labels, count + count / 2);
    }
    probabilities[count] = probability;
    labels[count] = label;
    count++;
  }

  /** All so far, in their order. */
  public Predictions predictions() {
    return new Predictions(Arrays.copyOf(probabilities, count), Arrays.copyOf(labels, count));
  }
}
