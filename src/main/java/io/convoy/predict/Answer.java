package io.convoy.predict;

/**
 * What a network says of a photo, or the reason why it was not asked.
 *
 * @param outputs the network's, 0 to 1: of two classes the probability of the positive one, of more
 *     that of each; null where the photo is rejected, or the network gave no number
 * @param decided the class; null where there are no outputs
 * @param reason why it is rejected; null where it is not
 * @param found what was found instead of a photo; null where it is not rejected
 */
public record Answer(float[] outputs, String decided, String reason, String found) {
  static Answer scored(float[] outputs, Decision decision) {
    return decision
        .of(outputs)
        .map(decided -> new Answer(outputs, decided, null, null))
        .orElseGet(() -> new Answer(null, null, null, null));
  }

  static Answer rejected(String reason, String found) {
    return new Answer(null, null, reason, found);
  }
}
