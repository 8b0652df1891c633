package io.convoy.progress;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that is redrawn in place. */
final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 250;

  /** To the line's beginning, and nothing behind it. */
  private static final String OVER_THE_BAR = "\r\u001b[K";

  private final String task;
  private final PrintStream out;
  private final Work work;
  private final ProgressBar bar;
  private final AtomicBoolean closed = new AtomicBoolean();

  BarProgress(String task, long total, PrintStream out) {
    this.task = task;
    this.out = out;
    this.work = new Work(total);
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(" images", 1)
            .showSpeed(new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(ProgressBarStyle.ASCII)
            .setEtaFunction(state -> left(state.getElapsedAfterStart()))
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  private Optional<Duration> left(Duration elapsed) {
    return work.secondsLeft(elapsed.toSeconds()).stream().mapToObj(Duration::ofSeconds).findFirst();
  }

  @Override
  public void advance(long images) {
    if (!closed.get()) {
      work.advance(images);
      bar.stepBy(images);
    }
  }

  @Override
  public void weigh(double each, double left) {
    work.weigh(each, left);
  }

  @Override
  public void note(String text) {
    bar.setExtraMessage(", " + text);
  }

  @Override
  public void line(String text) {
    out.println(OVER_THE_BAR + task + ": " + text);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      bar.close();
    }
  }
}
