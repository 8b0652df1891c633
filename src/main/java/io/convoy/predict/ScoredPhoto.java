package io.convoy.predict;

import java.io.Serializable;
import java.util.Optional;

/**
 * What a network says of a photo, or the reason why it was not asked.
 *
 * @param path below the images folder
 * @param probability of the positive class, 0 to 1; null where the photo is rejected, or the
 *     network gave no number
 * @param decided the class; null where there is no probability
 * @param reason why it is rejected; null where it is not
 * @param found what was found instead of a photo; null where it is not rejected
 */
public record ScoredPhoto(
    String path, Double probability, String decided, String reason, String found)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ScoredPhoto scored(String path, float probability, Decision decision) {
    Optional<String> decided = decision.of(probability);
    return new ScoredPhoto(
        path,
        decided.map(known -> (double) probability).orElse(null),
        decided.orElse(null),
        null,
        null);
  }

  static ScoredPhoto rejected(String path, String reason, String found) {
    return new ScoredPhoto(path, null, null, reason, found);
  }

  /** Whether no network was asked. */
  public boolean isRejected() {
    return reason != null;
  }
}
