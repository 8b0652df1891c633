package io.convoy.page;

import io.convoy.report.TrialRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An axis for something of trials: numbers, from the lowest to the highest, on a logarithmic scale
 * where they span orders of magnitude; or words, in their order.
 *
 * @param name of what it is for
 * @param ticks from the lower end to the upper
 * @param shares where each trial is, 0 at the lower end to 1, in the order of the trials; empty of
 *     one that has nothing of the kind
 */
record TrialAxis(String name, List<Tick> ticks, List<Optional<Double>> shares) {
  /** From here on the largest number makes the others one point of a linear axis. */
  private static final double WIDE = 50;

  private static final int MOST_WORDS = 8;
  private static final int LONGEST = 16;
  private static final MathContext DIGITS = new MathContext(3);
  private static final double MIDDLE = 0.5;

  /** Within these a number is shorter without an exponent. */
  private static final double SMALL = 1e-3;

  private static final double LARGE = 1e6;

  /** A place on it with its label. */
  record Tick(double share, String label) {}

  /**
   * The axis of a text of trials, which may be a number for all of them.
   *
   * @param text of a trial; null where it has none
   */
  static TrialAxis of(String name, List<TrialRow> trials, Function<TrialRow, String> text) {
    List<String> texts = trials.stream().map(text).toList();
    List<Double> numbers = texts.stream().map(TrialAxis::number).toList();
    boolean areNumbers =
        Stream.iterate(0, i -> i < texts.size(), i -> i + 1)
            .allMatch(i -> texts.get(i) == null || numbers.get(i) != null);
    return areNumbers ? ofNumbers(name, numbers) : ofWords(name, texts);
  }

  private static Double number(String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException word) {
      return null;
    }
  }

  /** The axis of numbers of trials, each null where it has none. */
  static TrialAxis ofNumbers(String name, List<Double> numbers) {
    List<Double> known =
        numbers.stream().filter(Objects::nonNull).filter(Double::isFinite).sorted().toList();
    if (known.isEmpty()) {
      return new TrialAxis(name, List.of(), numbers.stream().map(n -> none()).toList());
    }
    double low = known.get(0);
    double high = known.get(known.size() - 1);
    boolean logarithmic = low > 0 && high / low >= WIDE;
    List<Tick> ticks = new ArrayList<>(List.of(new Tick(low < high ? 0 : MIDDLE, label(low))));
    if (low < high) {
      double middle = logarithmic ? Math.sqrt(low * high) : (low + high) / 2;
      ticks.add(new Tick(MIDDLE, label(middle)));
      ticks.add(new Tick(1, label(high)));
    }
    return new TrialAxis(
        name,
        ticks,
        numbers.stream()
            .map(
                number ->
                    number == null || !Double.isFinite(number)
                        ? none()
                        : Optional.of(share(number, low, high, logarithmic)))
            .toList());
  }

  private static Optional<Double> none() {
    return Optional.empty();
  }

  private static double share(double number, double low, double high, boolean logarithmic) {
    if (low == high) {
      return MIDDLE;
    }
    return logarithmic
        ? Math.log(number / low) / Math.log(high / low)
        : (number - low) / (high - low);
  }

  private static TrialAxis ofWords(String name, List<String> texts) {
    List<String> words = texts.stream().filter(Objects::nonNull).distinct().sorted().toList();
    List<Tick> ticks = new ArrayList<>();
    for (String word : words) {
      if (words.size() <= MOST_WORDS) {
        ticks.add(new Tick(share(word, words), shortened(word)));
      }
    }
    return new TrialAxis(
        name,
        ticks,
        texts.stream().map(text -> Optional.ofNullable(text).map(t -> share(t, words))).toList());
  }

  private static double share(String word, List<String> words) {
    return words.size() == 1 ? MIDDLE : (double) words.indexOf(word) / (words.size() - 1);
  }

  private static String shortened(String word) {
    return word.length() <= LONGEST ? word : word.substring(0, LONGEST - 1) + "\u2026";
  }

  private static String label(double number) {
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(number);
    return size == 0 || size >= SMALL && size < LARGE
        ? rounded.toPlainString()
        : String.format(Locale.ROOT, "%.1e", number)
            .replaceFirst("\\.0e", "e")
            .replace("e-0", "e-");
  }
}
