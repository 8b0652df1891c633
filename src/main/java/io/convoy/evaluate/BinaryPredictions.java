package io.convoy.evaluate;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a model said of the images of one split of a class that is called the positive one, and
 * whether they are of it. The arrays are not copied, and equality is that of the arrays' identity.
 *
 * @param probabilities of the positive class one an image, each in 0..1; NaN where the network gave
 *     no number, as a diverged one does
 * @param labels of the same images in the same order, 1 = positive class, 0 = negative class
 */
public record BinaryPredictions(float[] probabilities, int[] labels) {
  /**
   * Midway between the classes: the threshold where none is chosen, and of {@link
   * SplitMetrics#accuracy}.
   */
  public static final float EVEN = 0.5f;

  /**
   * @throws IllegalArgumentException if the lengths differ, a label is neither 0 nor 1, or a
   *     probability is outside 0..1
   */
  public BinaryPredictions {
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

  /** Whether images of both classes are there. */
  public boolean hasBothClasses() {
    return indices().mapToObj(i -> labels[i]).distinct().count() == 2;
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
}
