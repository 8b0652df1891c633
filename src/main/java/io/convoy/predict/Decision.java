package io.convoy.predict;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Calls a photo one of two classes.
 *
 * @param classes in the order of their labels: the negative and the positive one
 * @param threshold 0 to 1; a greater probability is called positive
 */
public record Decision(List<String> classes, double threshold) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public Decision {
    classes = List.copyOf(classes);
  }

  /** The class whose probability the network gives, the second. */
  public String positive() {
    return classes.get(1);
  }

  /** The class of a probability that is not greater than the threshold. */
  public String negative() {
    return classes.get(0);
  }

  /**
   * The class of a photo; empty where the network gave no number.
   *
   * @param probability of the positive class, 0 to 1, or NaN
   */
  Optional<String> of(float probability) {
    if (Float.isNaN(probability)) {
      return Optional.empty();
    }
    // In float32, as the tables of thresholds do: as float64, 0.3f would be greater than 0.3.
    return Optional.of(probability > (float) threshold ? positive() : negative());
  }
}
