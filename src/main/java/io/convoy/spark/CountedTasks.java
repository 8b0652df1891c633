package io.convoy.spark;

import io.convoy.progress.Progress;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.collection.JavaConverters;

/**
 * Counts images inside tasks, and tells a progress of them: as the tasks end, and of running tasks
 * with each of their executor's heartbeats (every 10 seconds where Spark is not told otherwise).
 */
public final class CountedTasks implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private final LongAccumulator counter;
  private final transient SparkContext context;
  private final transient Teller teller;

  /** Counts from zero until it is closed. */
  public CountedTasks(SparkContext context, Progress progress) {
    this.context = context;
    this.counter = context.longAccumulator();
    this.teller = new Teller(counter, progress);
    context.addSparkListener(teller);
  }

  /** Counts images; called inside a task. */
  public void add(long images) {
    counter.add(images);
  }

  /** Tells what has not been told. */
  @Override
  public void close() {
    context.removeSparkListener(teller);
    teller.tell();
  }

  private static final class Teller extends SparkListener {
    private final LongAccumulator counter;
    private final Progress progress;
    private final Map<Long, Long> running = new HashMap<>();
    private long told;

    Teller(LongAccumulator counter, Progress progress) {
      this.counter = counter;
      this.progress = progress;
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate beat) {
      JavaConverters.seqAsJavaList(beat.accumUpdates())
          .forEach(
              task ->
                  JavaConverters.seqAsJavaList(task._4())
                      .forEach(info -> see((Long) task._1(), info)));
      tell();
    }

    private void see(long task, AccumulableInfo info) {
      if (info.id() == counter.id() && info.update().isDefined()) {
        running.put(task, (Long) info.update().get());
      }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      running.remove(end.taskInfo().taskId());
      tell();
    }

    synchronized void tell() {
      long counted = counter.value() + running.values().stream().mapToLong(n -> n).sum();
      if (counted > told) {
        progress.advance(counted - told);
        told = counted;
      }
    }
  }
}
