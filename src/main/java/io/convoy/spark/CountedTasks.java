package io.convoy.spark;

import io.convoy.progress.Progress;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;

/** Counts images inside tasks, and tells a progress of them as the tasks end. */
public final class CountedTasks implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private final LongAccumulator counter;
  private final transient SparkContext context;
  private final transient SparkListener listener;

  /** Counts from zero until it is closed. */
  public CountedTasks(SparkContext context, Progress progress) {
    this.context = context;
    this.counter = context.longAccumulator();
    this.listener = new Teller(counter, progress);
    context.addSparkListener(listener);
  }

  /** Counts images; called inside a task. */
  public void add(long images) {
    counter.add(images);
  }

  @Override
  public void close() {
    context.removeSparkListener(listener);
  }

  private static final class Teller extends SparkListener {
    private final LongAccumulator counter;
    private final Progress progress;
    private long told;

    Teller(LongAccumulator counter, Progress progress) {
      this.counter = counter;
      this.progress = progress;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      long counted = counter.value();
      if (counted > told) {
        progress.advance(counted - told);
        told = counted;
      }
    }
  }
}
