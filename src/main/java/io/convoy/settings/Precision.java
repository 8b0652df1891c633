package io.convoy.settings;

import java.util.Arrays;
import java.util.Optional;

/**
 * The numbers that a network's passes compute with. Parameters, the optimizer, averaging, the
 * statistics of batch normalisations and the loss are in float32 with either.
 */
public enum Precision {
  /** 24 bits of mantissa. */
  FLOAT32,
  /** float32's range with 8 bits of mantissa, for activations, their gradients and weights. */
  BFLOAT16;

  /** The word for the best that there is: bfloat16 where processors compute it, else float32. */
  public static final String AUTO = "auto";

  /**
   * Reads a word.
   *
   * @return empty for {@link #AUTO}
   * @throws IllegalArgumentException if it is none that is known; its message says which are
   */
  public static Optional<Precision> choice(String word) {
    if (word.equals(AUTO)) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(values())
            .filter(precision -> precision.key().equals(word))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("It must be float32, bfloat16 or auto")));
  }

  /** As it is written in a conf. */
  public String key() {
    return Entry.word(this);
  }
}
