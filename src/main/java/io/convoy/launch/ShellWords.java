package io.convoy.launch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes words so that a POSIX shell reads the same words, and hides the secrets in them, by the
 * keys of Spark's {@code spark.redaction.regex}.
 */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final String HIDDEN = "*********(redacted)";

  /** A key of a setting, an option or an address; not a folder's name. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?:^|[^/\\w.-])[\\w.-]*(?:secret|password|token|access[.]?key)[^=:/?&,;]*[=:]",
          Pattern.CASE_INSENSITIVE);

  private ShellWords() {}

  /** The words as one line, quoted where that is needed. */
  public static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The words, each without what follows a key that names a secret. */
  static List<String> redacted(List<String> words) {
    return words.stream().map(ShellWords::redacted).toList();
  }

  /** The word without what follows a key that names a secret. */
  static String redacted(String word) {
    Matcher key = SECRET.matcher(word);
    return key.find() ? word.substring(0, key.end()) + HIDDEN : word;
  }
}
