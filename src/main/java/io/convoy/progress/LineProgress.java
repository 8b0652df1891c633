package io.convoy.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Progress as plain lines, for logs: {@code prepare: 1,200 of 5,120 images, 830 images/s, 5 s
 * left}.
 */
final class LineProgress implements Progress {
  /** Between two lines. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final ProgressLine line;
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private long lastLine;
  private boolean closed;

  /**
   * @param nanoClock like {@link System#nanoTime}
   */
  LineProgress(String task, long total, PrintStream out, LongSupplier nanoClock) {
    this.line = new ProgressLine(task, total, nanoClock);
    this.out = out;
    this.nanoClock = nanoClock;
    lastLine = nanoClock.getAsLong();
  }

  @Override
  public synchronized void advance(long images) {
    if (closed) {
      return;
    }
    line.advance(images);
    long now = nanoClock.getAsLong();
    if (now - lastLine >= INTERVAL.toNanos()) {
      lastLine = now;
      out.println(line.now());
    }
  }

  @Override
  public synchronized void weigh(double each, double left) {
    line.weigh(each, left);
  }

  @Override
  public synchronized void note(String text) {
    line.note(text);
  }

  @Override
  public synchronized void line(String text) {
    out.println(line.line(text));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.println(line.end());
    }
  }
}
