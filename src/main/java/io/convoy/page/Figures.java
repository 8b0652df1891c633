package io.convoy.page;

import java.util.Locale;

/** Numbers as people read them, the same in every language that Java knows. */
final class Figures {
  /** For a figure that is not defined. */
  static final String NONE = "\u2013";

  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  private Figures() {}

  static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
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

  static String megabytes(long bytes) {
    return decimal(bytes / MEGA, 1);
  }
}
