package io.convoy.launch;

import java.util.List;
import java.util.regex.Pattern;

/** Hides secrets in the words of a line, by the rule of Spark's {@code spark.redaction.regex}. */
final class Redaction {
  static final String HIDDEN = "*********(redacted)";

  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[.]?key", Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /** The words, with the value hidden of each setting whose key or value names a secret. */
  static List<String> of(List<String> words) {
    return words.stream().map(Redaction::hide).toList();
  }

  private static String hide(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && SECRET.matcher(word).find()
        ? word.substring(0, equals + 1) + HIDDEN
        : word;
  }
}
