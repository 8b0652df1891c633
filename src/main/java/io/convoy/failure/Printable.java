package io.convoy.failure;

import java.util.regex.Pattern;

/**
 * Makes text that comes from elsewhere, such as a file's name, fit for a line of a terminal.
 *
 * <p>A name may hold line breaks, and escape sequences that move the cursor or recolour the screen.
 */
public final class Printable {
  /** Control characters, line separators, changes of direction, and halves of characters. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private static final String REPLACEMENT = "?";

  private Printable() {}

  /** The text in one line: each character that no terminal shows becomes a question mark. */
  public static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(REPLACEMENT);
  }

  /** Several lines, whose ends and tabulators stay, made fit likewise. */
  public static String lines(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(
            match ->
                switch (match.group()) {
                  case "\n", "\t" -> match.group();
                  default -> REPLACEMENT;
                });
  }
}
