package io.convoy.launch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a Spark application after what it does: the command, the data and the run, as in {@code
 * convoy train photos -> first}. Of a place only the last name is told: what comes before, or
 * behind a question mark, may hold keys.
 */
public final class ApplicationName {
  private static final String PRODUCT = "convoy";
  private static final List<String> INPUTS = List.of("--images", "--data", "--model", "--run");
  private static final String OUTPUT = "--out";
  private static final int MOST_LETTERS = 40;

  private static final Pattern QUERY = Pattern.compile("^([a-zA-Z][\\w+.-]*:.*?)[?#].*$");
  private static final Pattern BEFORE = Pattern.compile("^.*[/@]");
  private static final Pattern ODD = Pattern.compile("[\\p{Cntrl}\\s]+");

  private ApplicationName() {}

  /**
   * The name for a command line.
   *
   * @param words convoy's command with its options; may be anything that a user types
   */
  public static String of(List<String> words) {
    StringBuilder name = new StringBuilder(PRODUCT);
    if (!words.isEmpty() && words.get(0).matches("[a-z][a-z-]*")) {
      name.append(' ').append(words.get(0));
    }
    INPUTS.stream()
        .flatMap(option -> value(words, option).stream())
        .findFirst()
        .ifPresent(place -> name.append(' ').append(last(place)));
    value(words, OUTPUT).ifPresent(place -> name.append(" -> ").append(last(place)));
    return name.toString();
  }

  private static Optional<String> value(List<String> words, String option) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(option + "=")) {
        return Optional.of(words.get(i).substring(option.length() + 1));
      }
      if (words.get(i).equals(option) && i + 1 < words.size()) {
        return Optional.of(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static String last(String place) {
    String path = QUERY.matcher(place).replaceFirst("$1").replaceFirst("/+$", "");
    String name = ODD.matcher(BEFORE.matcher(path).replaceFirst("")).replaceAll(" ");
    return name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS) + "...";
  }
}
