package io.convoy.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model said of the images of one split, and what they are. The arrays are not copied, and
 * equality is that of the arrays' identity.
 *
 * @param classes how many there are, at least 2, whether the split has images of each or not
 * @param probabilities of two classes one an image, that of class 1, the positive one (the sigmoid
 *     output); of more classes one of each class, row after row: that of an image and a label is at
 *     {@code image * classes + label} (the softmax outputs). Each in 0..1; NaN where the network
 *     gave no number, as a diverged one does
 * @param labels of the same images in the same order, from 0
 */
public record Predictions(int classes, float[] probabilities, int[] labels) {
  private static final int BINARY = 2;

  /** A softmax in float32 may come out above 1 by rounding. */
  private static final float LARGEST = 1.00001f;

  /**
   * @throws IllegalArgumentException if the lengths do not fit, a label is of no class, or a
   *     probability is outside 0..1
   */
  public Predictions {
    if (probabilities.length != (long) labels.length * outputs(classes)) {
      throw new IllegalArgumentException(
          probabilities.length
              + " probabilities for "
              + labels.length
              + " labels of "
              + classes
              + " classes");
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "The label " + label + " is none of " + classes + " classes");
      }
    }
    for (float probability : probabilities) {
      if (probability < 0 || probability > LARGEST) {
        throw new IllegalArgumentException("The probability " + probability + " is not in 0..1");
      }
    }
  }

  /** No images. */
  public static Predictions none(int classes) {
    return new Predictions(classes, new float[0], new int[0]);
  }

  /**
   * Those of several networks on images of their own, one after the other; none where one of the
   * networks has none, so that what is joined is always of the same images.
   */
  public static Predictions joined(List<Predictions> parts) {
    int classes = parts.get(0).classes;
    if (parts.stream().anyMatch(part -> part.images() == 0)) {
      return none(classes);
    }
    Builder all = new Builder(classes);
    parts.forEach(
        part -> part.indices().forEach(image -> all.add(part.ofImage(image), part.labels[image])));
    return all.build();
  }

  /** How many numbers a network gives for an image: one for two classes, else one a class. */
  public static int outputs(int classes) {
    return classes == BINARY ? 1 : classes;
  }

  /** Whether there are two classes, of which the second is called the positive one. */
  public boolean isBinary() {
    return classes == BINARY;
  }

  /** How many images were predicted. */
  public int images() {
    return labels.length;
  }

  /** Whether there is anything to measure: at least one image, and no NaN. */
  public boolean measurable() {
    if (images() == 0) {
      return false;
    }
    for (float probability : probabilities) {
      if (Float.isNaN(probability)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the labels are those of the other's images, in the same order. */
  public boolean hasLabelsOf(Predictions other) {
    return classes == other.classes && Arrays.equals(labels, other.labels);
  }

  /** Whether images of more than one class are there. */
  public boolean hasSeveralClasses() {
    return IntStream.of(labels).distinct().limit(2).count() == 2;
  }

  /** How many images of each class are there, by label. */
  public long[] perClass() {
    long[] images = new long[classes];
    for (int label : labels) {
      images[label]++;
    }
    return images;
  }

  /** The probability of a class for an image, 0..1; NaN where the network gave no number. */
  public double probability(int image, int label) {
    return probability(probabilities, image * outputs(classes), outputs(classes), label);
  }

  /**
   * The probability of a class, 0..1.
   *
   * @param outputs the network's for an image, one for two classes, else one a class
   */
  public static double probability(float[] outputs, int label) {
    return probability(outputs, 0, outputs.length, label);
  }

  private static double probability(float[] numbers, int from, int outputs, int label) {
    if (outputs > 1) {
      return numbers[from + label];
    }
    return label == 1 ? numbers[from] : 1 - (double) numbers[from];
  }

  /** The network's outputs for an image. */
  public float[] ofImage(int image) {
    int count = outputs(classes);
    return Arrays.copyOfRange(probabilities, image * count, (image + 1) * count);
  }

  /**
   * The class that an image is called: the one with the greatest probability, the first of equals;
   * of two classes the second where its probability is greater than {@link BinaryPredictions#EVEN}.
   */
  public int predicted(int image) {
    if (isBinary()) {
      return probabilities[image] > BinaryPredictions.EVEN ? 1 : 0;
    }
    return greatest(probabilities, image * classes, classes);
  }

  /**
   * The label of the greatest probability, the first of equals.
   *
   * @param outputs the network's for an image, of more than two classes
   */
  public static int greatest(float[] outputs) {
    return greatest(outputs, 0, outputs.length);
  }

  private static int greatest(float[] numbers, int from, int classes) {
    int greatest = 0;
    for (int label = 1; label < classes; label++) {
      if (numbers[from + label] > numbers[from + greatest]) {
        greatest = label;
      }
    }
    return greatest;
  }

  /** Whether an image is called what it is. */
  public boolean isRight(int image) {
    return predicted(image) == labels[image];
  }

  /**
   * The squared error of each image: of two classes between the positive one's probability and the
   * label, 0..1; of more the sum over the classes, 0..2.
   */
  double[] squaredErrors() {
    return indices().mapToDouble(this::squaredError).toArray();
  }

  private double squaredError(int image) {
    if (isBinary()) {
      return square((double) probabilities[image] - labels[image]);
    }
    double sum = 0;
    for (int label = 0; label < classes; label++) {
      double truth = label == labels[image] ? 1 : 0;
      sum += square(probabilities[image * classes + label] - truth);
    }
    return sum;
  }

  private static double square(double value) {
    return value * value;
  }

  /** One class, as the positive one, against all others; the second of two as it is. */
  public BinaryPredictions oneVsRest(int label) {
    if (isBinary() && label == 1) {
      return new BinaryPredictions(probabilities, labels);
    }
    float[] ofClass = new float[images()];
    int[] is = new int[images()];
    for (int image = 0; image < ofClass.length; image++) {
      ofClass[image] = Math.min(1, (float) probability(image, label));
      is[image] = labels[image] == label ? 1 : 0;
    }
    return new BinaryPredictions(ofClass, is);
  }

  IntStream indices() {
    return IntStream.range(0, images());
  }

  /** Predictions as they are read, image by image; how many they are is known only at the end. */
  public static final class Builder {
    private final int classes;
    private float[] probabilities = new float[1024];
    private int[] labels = new int[1024];
    private int count;

    /**
     * @param classes how many there are
     */
    public Builder(int classes) {
      this.classes = classes;
    }

    /**
     * Adds an image.
     *
     * @param outputs the network's, as {@link Predictions#probabilities} has them of an image
     * @param label from 0
     */
    public void add(float[] outputs, int label) {
      int at = count * outputs.length;
      if (count == labels.length) {
        labels = Arrays.copyOf(labels, count + count / 2);
      }
      if (at + outputs.length > probabilities.length) {
        probabilities = Arrays.copyOf(probabilities, at + at / 2 + outputs.length);
      }
      System.arraycopy(outputs, 0, probabilities, at, outputs.length);
      labels[count] = label;
      count++;
    }

    /** All images so far, in their order. */
    public Predictions build() {
      return new Predictions(
          classes,
          Arrays.copyOf(probabilities, count * outputs(classes)),
          Arrays.copyOf(labels, count));
    }
  }
}
