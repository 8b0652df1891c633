package io.convoy.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Progress as plain lines, for logs: {@code prepare: 1,200 of 5,120 images, 830 images/s, 5 s
 * left}.
 */
final class LineProgress implements Progress {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final double NANOS_PER_SECOND = 1e9;

  /** Below this rate a whole number of images a second would say too little. */
  private static final double SLOW_RATE = 10;

  private final String task;
  private final long total;
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long started;
  private long lastLine;
  private long done;
  private String note = "";
  private boolean closed;

  /**
   * @param nanoClock like {@link System#nanoTime}
   */
  LineProgress(String task, long total, PrintStream out, LongSupplier nanoClock) {
    this.task = task;
    this.total = total;
    this.out = out;
    this.nanoClock = nanoClock;
    started = nanoClock.getAsLong();
    lastLine = started;
  }

  @Override
  public synchronized void advance(long images) {
    if (closed) {
      return;
    }
    done += images;
    long now = nanoClock.getAsLong();
    if (now - lastLine >= INTERVAL.toNanos()) {
      lastLine = now;
      double seconds = (now - started) / NANOS_PER_SECOND;
      print(rate(seconds) + timeLeft(seconds));
    }
  }

  @Override
  public synchronized void note(String text) {
    note = text;
  }

  @Override
  public synchronized void line(String text) {
    out.println(task + ": " + text);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    double seconds = (nanoClock.getAsLong() - started) / NANOS_PER_SECOND;
    print(" in " + Progress.duration(Math.round(seconds)) + rate(seconds));
  }

  private void print(String suffix) {
    String ofTotal = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
    String line = String.format(Locale.ROOT, "%s: %,d%s images%s", task, done, ofTotal, suffix);
    out.println(note.isEmpty() ? line : line + ", " + note);
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
    if (done == 0 || total <= done) {
      return "";
    }
    return ", " + Progress.duration((long) Math.ceil(seconds * (total - done) / done)) + " left";
  }
}
