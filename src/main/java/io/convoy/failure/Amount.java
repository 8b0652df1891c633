package io.convoy.failure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers of things, and sizes, in the words that a person would choose. */
public final class Amount {
  private static final double KILO = 1000;
  private static final List<String> UNITS = List.of("kB", "MB", "GB");

  private static final int MOST_NAMES = 10;

  private Amount() {}

  /**
   * As in {@code 1 thread}, {@code 5,120 photos}, {@code 2 minibatches} and {@code 3 classes}.
   *
   * @param thing one of them, as a regular noun
   */
  public static String of(long number, String thing) {
    String plural = thing.endsWith("tch") || thing.endsWith("ss") ? "es" : "s";
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : plural);
  }

  /** Names, of which many are cut short, as in {@code daisy, rose, tulip and 97 others}. */
  public static String ofNames(List<String> names) {
    String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int others = names.size() - MOST_NAMES;
    return others > 0 ? shown + " and " + of(others, "other") : shown;
  }

  /** A number of bytes in the unit that fits, as in {@code 1.5 MB}. */
  public static String ofBytes(double bytes) {
    if (bytes < KILO) {
      return of(Math.round(bytes), "byte");
    }
    double size = bytes / KILO;
    int unit = 0;
    while (size >= KILO && unit < UNITS.size() - 1) {
      size /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%,.1f %s", size, UNITS.get(unit));
  }
}
