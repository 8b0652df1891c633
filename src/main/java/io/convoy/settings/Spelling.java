package io.convoy.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds what a misspelt word was meant to be.
 *
 * <p>Without the library that Spark's distribution has for it: the launcher runs without Spark.
 */
public final class Spelling {
  private Spelling() {}

  /** "did you mean X? " with the nearest known word, or nothing when none is near. */
  public static String question(String word, Collection<String> known) {
    return nearest(word, known).map(near -> "did you mean " + near + "? ").orElse("");
  }

  /** The known word that at most a third of the letters, and at least two, tell apart. */
  private static Optional<String> nearest(String word, Collection<String> known) {
    int most = Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's: how many letters must be put in, taken out or replaced. */
  private static int distance(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
