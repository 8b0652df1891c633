package io.convoy.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a misspelt word was meant to be. */
public final class Spelling {
  private Spelling() {}

  /** "did you mean X? " with the nearest known word, or nothing when none is near. */
  public static String question(String word, Collection<String> known) {
    return nearest(word, known).map(near -> "did you mean " + near + "? ").orElse("");
  }

  /** The known word that at most a third of the letters, and at least two, tell apart. */
  private static Optional<String> nearest(String word, Collection<String> known) {
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(2, word.length() / 3));
    return known.stream()
        .filter(candidate -> distance.apply(word, candidate) >= 0)
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }
}
