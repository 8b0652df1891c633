package io.convoy.doctor;

import java.io.Serializable;
import java.util.Locale;

/** The clocks of two machines against each other. */
final class ClockCheck {
  /** Coarser than any file system's times, finer than what confuses tokens and logs. */
  static final long TOLERANCE_MS = 60_000;

  private ClockCheck() {}

  /**
   * A time by one clock.
   *
   * @param from milliseconds since 1970
   * @param to not before
   */
  record Interval(long from, long to) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The least that the other clock must be ahead of this one (behind where negative), in
   * milliseconds.
   *
   * @param here a time by this clock
   * @param other a time within it, by the other clock
   */
  static long skew(Interval here, Interval other) {
    long most = other.from() - here.from();
    long least = other.to() - here.to();
    return least > 0 ? least : Math.min(most, 0);
  }

  /**
   * @param whose clock the other is
   * @param reference the clock that it is compared with
   */
  static CheckResult of(String whose, String reference, Interval here, Interval other) {
    long skew = skew(here, other);
    String found =
        Math.abs(skew) < 1000
            ? "agrees with that of " + reference
            : String.format(
                Locale.ROOT,
                "%,.0f s %s that of %s",
                Math.abs(skew) / 1000.0,
                skew > 0 ? "ahead of" : "behind",
                reference);
    return Math.abs(skew) <= TOLERANCE_MS
        ? CheckResult.ok(found)
        : CheckResult.failed(found, "synchronise the clock of " + whose + " (chrony, NTP)");
  }
}
