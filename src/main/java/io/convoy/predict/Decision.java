package io.convoy.predict;

import io.convoy.evaluate.Predictions;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Calls a photo one of the classes: of two by a threshold, of more the one with the greatest
 * probability.
 *
 * @param classes in the order of their labels: of two, the negative and the positive one
 * @param threshold of two classes, 0 to 1: a greater probability is called positive; of more it
 *     means nothing
 */
public record Decision(List<String> classes, double threshold) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public Decision {
    classes = List.copyOf(classes);
  }

  /** Whether there are two classes, and the threshold decides. */
  public boolean isByThreshold() {
    return Predictions.outputs(classes.size()) == 1;
  }

  /** Of two classes the one whose probability the network gives, the second. */
  public String positive() {
    return classes.get(1);
  }

  /** Of two classes that of a probability that is not greater than the threshold. */
  public String negative() {
    return classes.get(0);
  }

  /**
   * The class of a photo; empty where the network gave no number.
   *
   * @param outputs the network's: of two classes the probability of the positive one, of more that
   *     of each; 0 to 1, or NaN
   */
  Optional<String> of(float[] outputs) {
    for (float probability : outputs) {
      if (Float.isNaN(probability)) {
        return Optional.empty();
      }
    }
    if (!isByThreshold()) {
      return Optional.of(classes.get(Predictions.greatest(outputs)));
    }
    // In float32, as the tables of thresholds do: as float64, 0.3f would be greater than 0.3.
    return Optional.of(outputs[0] > (float) threshold ? positive() : negative());
  }
}
