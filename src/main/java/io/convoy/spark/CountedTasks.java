package io.convoy.spark;

import io.convoy.progress.Progress;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

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
    // With a name: Spark tells the ends of tasks nothing of nameless ones.
    this.counter = context.longAccumulator("images");
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
    teller.tellAll();
  }

  private static final class Teller extends SparkListener {
    private final LongAccumulator counter;
    private final Progress progress;
    private final TaskCounts counts = new TaskCounts();
    private long told;

    Teller(LongAccumulator counter, Progress progress) {
      this.counter = counter;
      this.progress = progress;
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate beat) {
      JavaConverters.seqAsJavaList(beat.accumUpdates())
          .forEach(task -> see((Long) task._1(), task._4()));
      tell(counts.total());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskInfo().successful()) {
        see(end.taskInfo().taskId(), end.taskInfo().accumulables());
      } else {
        counts.failed(end.taskInfo().taskId());
      }
      tell(counts.total());
    }

    private void see(long task, Seq<AccumulableInfo> accumulables) {
      for (AccumulableInfo info : JavaConverters.seqAsJavaList(accumulables)) {
        if (info.id() == counter.id() && info.update().isDefined()) {
          counts.counted(task, (Long) info.update().get());
        }
      }
    }

    /** Spark's own sum is the last word; the ends of the last tasks may still be on their way. */
    synchronized void tellAll() {
      tell(counter.value());
    }

    private void tell(long counted) {
      if (counted > told) {
        progress.advance(counted - told);
        told = counted;
      }
    }
  }
}
