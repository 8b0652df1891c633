package io.convoy.dataset;

import java.util.Locale;

/** What an example is for: training, choosing (epoch, threshold), or the final judgement. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST;

  /** The split's name in tables and file names: {@code train}, {@code validation}, {@code test}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split of that {@link #key}. */
  public static Split of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
