package io.convoy.launch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides secrets in the words of a line, by the keys of Spark's {@code spark.redaction.regex}. */
final class Redaction {
  static final String HIDDEN = "*********(redacted)";

  /** A key of a setting, an option or an address; not a folder's name. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?:^|[^/\\w.-])[\\w.-]*(?:secret|password|token|access[.]?key)[^=:/?&,;]*[=:]",
          Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /** The words, each without what follows a key that names a secret. */
  static List<String> of(List<String> words) {
    return words.stream().map(Redaction::of).toList();
  }

  static String of(String word) {
    Matcher key = SECRET.matcher(word);
    return key.find() ? word.substring(0, key.end()) + HIDDEN : word;
  }
}
