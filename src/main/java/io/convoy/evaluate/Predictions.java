package io.convoy.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a model said of the images of one split, and what they are. The arrays are not copied, and
 * equality is that of the arrays' identity.
 *
 * @param probabilities of the positive class (the sigmoid output), one an image, each in 0..1; NaN
 *     where the network gave no number, as a diverged one does
 * @param labels of the same images in the same order, 1 = positive class, 0 = negative class
 */
public record Predictions(float[] probabilities, int[] labels) {
  /**
   * Midway between the classes: the threshold where none is chosen, and of {@link
   * SplitMetrics#accuracy}.
   */
  public static final float EVEN = 0.5f;

  /**
   * @throws IllegalArgumentException if the lengths differ, a label is neither 0 nor 1, or a
   *     probability is outside 0..1
   */
  public Predictions {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities for " + labels.length + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException(
            "Label " + i + " is " + labels[i] + ", and must be 0 or 1");
      }
      if (probabilities[i] < 0 || probabilities[i] > 1) {
        throw new IllegalArgumentException(
            "Probability " + i + " is " + probabilities[i] + ", and must be in 0..1");
      }
    }
  }

  /** How many images were predicted. */
  public int images() {
    return labels.length;
  }

  /** How many of the probabilities are NaN; if any is, no metric of the split is defined. */
  public long undefined() {
    return indices().filter(i -> Float.isNaN(probabilities[i])).count();
  }

  /** Whether there is anything to measure: at least one image, and no NaN. */
  boolean measurable() {
    return images() > 0 && undefined() == 0;
  }

  /** Whether the labels are those of the other's images, in the same order. */
  public boolean hasLabelsOf(Predictions other) {
    return Arrays.equals(labels, other.labels);
  }

  /** Whether images of both classes are there. */
  public boolean hasBothClasses() {
    return indices().mapToObj(i -> labels[i]).distinct().count() == 2;
  }

  /** Whether an image is called what it is at the threshold {@link #EVEN}. */
  boolean isRight(int image) {
    return isCalledPositive(image) == (labels[image] == 1);
  }

  /** Whether an image is called positive at the threshold {@link #EVEN}. */
  boolean isCalledPositive(int image) {
    return probabilities[image] > EVEN;
  }

  /** Between each probability and its label. */
  double[] squaredErrors() {
    return indices().mapToDouble(i -> square((double) probabilities[i] - labels[i])).toArray();
  }

  private static double square(double value) {
    return value * value;
  }

  IntStream indices() {
    return IntStream.range(0, images());
  }

  /** The probabilities in float64, in which sums over many images stay exact enough. */
  double[] probabilitiesAsDoubles() {
    return indices().mapToDouble(i -> probabilities[i]).toArray();
  }

  double[] labelsAsDoubles() {
    return indices().mapToDouble(i -> labels[i]).toArray();
  }

  /** The probabilities as DL4J takes them: {@code [images, 1]}, float64. */
  INDArray probabilityColumn() {
    return Nd4j.createFromArray(probabilitiesAsDoubles()).reshape(images(), 1);
  }

  /** The labels as DL4J takes them: {@code [images, 1]}, float64. */
  INDArray labelColumn() {
    return Nd4j.createFromArray(labelsAsDoubles()).reshape(images(), 1);
  }

  /** Predictions as they are read, image by image; how many they are is known only at the end. */
  public static final class Builder {
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

    /** All images so far, in their order. */
    public Predictions build() {
      return new Predictions(Arrays.copyOf(probabilities, count), Arrays.copyOf(labels, count));
    }
  }
}
