package io.convoy.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds what a misspelt word, or one of another tool's, was meant to be.
 *
 * <p>Without the library that Spark's distribution has for it: the launcher runs without Spark.
 */
public final class Spelling {
  private static final int SHORT = 4;
  private static final String OPTION = "--";

  private Spelling() {}

  /**
   * "did you mean X? " with the known word that is written alike, means the same, or is the
   * nearest; that convoy has no such thing, where it is known to have none; else nothing.
   */
  public static String question(String word, Collection<String> known) {
    return here(word, known).map(Spelling::didYouMean).orElseGet(() -> absentOrNear(word, known));
  }

  /** The hint for the name of a setting, which may belong elsewhere. */
  static String questionOfKey(String word, Collection<String> known) {
    return here(word, known)
        .or(() -> Synonyms.elsewhere(word))
        .map(Spelling::didYouMean)
        .orElseGet(() -> absentOrNear(word, known));
  }

  /**
   * The hint for an option of a command, which may be a setting.
   *
   * @param option with its two dashes, as the known ones
   */
  public static String questionOfOption(String option, Collection<String> known) {
    String word = option.startsWith(OPTION) ? option.substring(OPTION.length()) : option;
    return here(word, known.stream().map(each -> each.substring(OPTION.length())).toList())
        .map(name -> didYouMean(OPTION + name))
        .or(
            () ->
                Synonyms.elsewhere(word)
                    .map(key -> "it is a setting here, " + key + ": use --set or --conf "))
        .orElseGet(
            () ->
                Synonyms.isAbsent(word)
                    ? absentOrNear(word, known)
                    : nearest(option, known).map(Spelling::didYouMean).orElse(""));
  }

  private static Optional<String> here(String word, Collection<String> known) {
    String plain = Synonyms.plain(word);
    return known.stream()
        .filter(candidate -> Synonyms.plain(candidate).equals(plain))
        .min(Comparator.naturalOrder())
        .or(() -> Synonyms.among(known, word));
  }

  private static String absentOrNear(String word, Collection<String> known) {
    return Synonyms.isAbsent(word)
        ? "convoy has no " + word + "; "
        : nearest(word, known).map(Spelling::didYouMean).orElse("");
  }

  private static String didYouMean(String meant) {
    return "did you mean " + meant + "? ";
  }

  /** The known word that few of the letters tell apart: a third, and of short words one. */
  private static Optional<String> nearest(String word, Collection<String> known) {
    int most = word.length() <= SHORT ? 1 : Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * Damerau's and Levenshtein's: how many letters must be put in, taken out or replaced, or pairs
   * of them be exchanged.
   */
  private static int distance(String from, String to) {
    int[] before = new int[to.length() + 1];
    int[] last = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[to.length()];
  }
}
