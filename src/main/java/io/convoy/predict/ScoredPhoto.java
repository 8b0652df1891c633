package io.convoy.predict;

import io.convoy.evaluate.Predictions;
import java.io.Serializable;

/**
 * What a network says of a photo, or the reason why it was not asked.
 *
 * @param path below the images folder
 * @param outputs the network's, 0 to 1: of two classes the probability of the positive one, of more
 *     that of each; null where the photo is rejected, or the network gave no number
 * @param decided the class; null where there are no outputs
 * @param reason why it is rejected; null where it is not
 * @param found what was found instead of a photo; null where it is not rejected
 */
public record ScoredPhoto(String path, float[] outputs, String decided, String reason, String found)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ScoredPhoto of(String path, Answer answer) {
    return new ScoredPhoto(
        path, answer.outputs(), answer.decided(), answer.reason(), answer.found());
  }

  /** The probability of a class, 0 to 1, where there are outputs. */
  public double probability(int label) {
    return Predictions.probability(outputs, label);
  }

  /** Whether no network was asked. */
  public boolean isRejected() {
    return reason != null;
  }
}
