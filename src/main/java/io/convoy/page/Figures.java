package io.convoy.page;

import io.convoy.failure.Amount;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them, the same in every language that Java knows. */
final class Figures {
  /** For a figure that is not defined. */
  static final String NONE = "\u2013";

  private static final double PERCENT = 100;
  private static final int KILO = 1000;
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final List<String> UNITS = List.of("", "k", "M", "B", "T");
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double MILLIS = 1e3;

  private Figures() {}

  static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A count with three digits, in thousands (k), millions (M), billions (B) or trillions (T). */
  static String compact(long count) {
    if (count < KILO) {
      return String.valueOf(count);
    }
    BigDecimal rounded = new BigDecimal(count).round(THREE_DIGITS);
    int unit = (rounded.precision() - rounded.scale() - 1) / 3;
    return rounded.movePointLeft(3 * unit).toPlainString() + "\u00a0" + UNITS.get(unit);
  }

  /** A time as people say it; {@link #NONE} for null and NaN. */
  static String duration(Double seconds) {
    if (seconds == null || !Double.isFinite(seconds)) {
      return NONE;
    }
    if (seconds < 1) {
      return decimal(MILLIS * seconds, 0) + "\u00a0ms";
    }
    if (seconds < 2 * MINUTE) {
      return decimal(seconds, seconds < 10 ? 1 : 0) + "\u00a0s";
    }
    return seconds < 2 * HOUR
        ? decimal(seconds / MINUTE, 1) + "\u00a0min"
        : decimal(seconds / HOUR, 1) + "\u00a0h";
  }

  /** Seconds as milliseconds with three digits or more; {@link #NONE} for null and NaN. */
  static String milliseconds(Double seconds) {
    if (seconds == null || !Double.isFinite(seconds)) {
      return NONE;
    }
    double millis = MILLIS * seconds;
    return decimal(millis, millis < 10 ? 2 : millis < 100 ? 1 : 0) + "\u00a0ms";
  }

  /** With so many decimals; {@link #NONE} for null and NaN. */
  static String decimal(Double number, int decimals) {
    return number == null || !Double.isFinite(number)
        ? NONE
        : String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  /** Of a share, in percent with one decimal. */
  static String percent(Double share) {
    return share == null ? NONE : decimal(PERCENT * share, 1) + "\u00a0%";
  }

  static String bytes(long bytes) {
    return Amount.ofBytes(bytes).replace(' ', '\u00a0');
  }
}
