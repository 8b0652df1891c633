package io.convoy.progress;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How far a task is, as a line of text. */
final class ProgressLine {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Below this rate a whole number of images a second would say too little. */
  private static final double SLOW_RATE = 10;

  private final String task;
  private final long total;
  private final LongSupplier nanoClock;
  private final long started;
  private final Work work;
  private long done;
  private String note = "";

  /**
   * @param total of images, or {@link Progress#UNKNOWN}
   * @param nanoClock like {@link System#nanoTime}
   */
  ProgressLine(String task, long total, LongSupplier nanoClock) {
    this.task = task;
    this.total = total;
    this.work = new Work(total);
    this.nanoClock = nanoClock;
    this.started = nanoClock.getAsLong();
  }

  void advance(long images) {
    done += images;
    work.advance(images);
  }

  void weigh(double each, double left) {
    work.weigh(each, left);
  }

  void note(String text) {
    note = text;
  }

  /** The share of the work that is done, 0 to 1. */
  double share() {
    return work.share();
  }

  /** A line of its own, as the task's. */
  String line(String text) {
    return task + ": " + text;
  }

  /** With the rate and the time left. */
  String now() {
    double seconds = seconds();
    return with(rate(seconds) + timeLeft(seconds));
  }

  /** With the time that it took. */
  String end() {
    double seconds = seconds();
    return with(" in " + Progress.duration(Math.round(seconds)) + rate(seconds));
  }

  private double seconds() {
    return (nanoClock.getAsLong() - started) / NANOS_PER_SECOND;
  }

  private String with(String suffix) {
    String ofTotal = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
    String line = String.format(Locale.ROOT, "%s: %,d%s images%s", task, done, ofTotal, suffix);
    return note.isEmpty() ? line : line + ", " + note;
  }

  private String rate(double seconds) {
    if (done == 0 || seconds <= 0) {
      return "";
    }
    double rate = done / seconds;
    return String.format(
        Locale.ROOT, rate < SLOW_RATE ? ", %.1f images/s" : ", %,.0f images/s", rate);
  }

  private String timeLeft(double seconds) {
    OptionalLong left = work.secondsLeft(seconds);
    return left.isPresent() ? ", " + Progress.duration(left.getAsLong()) + " left" : "";
  }
}
